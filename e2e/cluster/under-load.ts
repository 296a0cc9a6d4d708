import { setTimeout as delay } from 'node:timers/promises'
import { PartError } from '@taskflow/local-mesh'
import { serviceNames, services } from '@taskflow/service-kit'
import { check, watchOutboxes, withClient } from '../faults/checks.ts'
import { type Acknowledged, startLoad } from '../faults/load.ts'
import type { Cluster } from './cluster.ts'
import { countRestarts } from './pods.ts'

const people = 10
const rate = 40
const quietWithin = 300

/**
 * Injects a fault under load, as `npm run faults` does, waits until the cluster is quiet, and compares what was
 * acknowledged with what exists. A refused write counts only when it is acknowledged later. Returns the figures.
 */
export const underLoad = async (cluster: Cluster, inject: () => Promise<void>): Promise<string> => {
  const { entryPoint, databaseUrl, unfinished } = cluster
  unfinished.add(() => unwatch(cluster))
  await unwatch(cluster)
  await watchOutboxes(databaseUrl)
  // Earlier data does not count: people may have two tasks of one title.
  const before = await check({ databaseUrl }, nothing)
  const load = await startLoad({ url: await entryPoint.url() }, { people, rate })
  entryPoint.follow(load.urls)
  const availability = watchAvailability(load.urls)
  const began = performance.now()
  try {
    await delay(5_000)
    await inject()
    await delay(5_000)
  } finally {
    await load.stop()
  }
  const injected = performance.now() - began - 10_000
  const longest = availability.stop()

  const stopped = performance.now()
  const settle = async () => {
    for (;;) {
      const waiting = await countPending(databaseUrl).catch((error: Error) => error.message)
      const found = waiting === 0 ? await check({ databaseUrl }, load.acknowledged) : undefined
      if (found && found.lost <= before.lost) return found
      if (performance.now() - stopped > quietWithin * 1_000) return found ?? waiting
      await delay(250)
    }
  }
  const settled = await settle()
  if (typeof settled !== 'object') throw new PartError(`not quiet after ${quietWithin} s: ${settled} pending`)
  const rested = performance.now() - stopped
  // Leaves time for redeliveries.
  await delay(2_000)
  const found = await check({ databaseUrl }, load.acknowledged)
  const [lost, doubled, reordered] = (['lost', 'doubled', 'reordered'] as const).map(
    (what) => found[what] - before[what],
  ) as [number, number, number]
  await unwatch(cluster)
  const { writes, refused, seconds } = load.acknowledged
  const figures = [
    `${writes} writes in ${seconds.toFixed(0)} s and ${found.events} events: ${lost} lost, ${doubled} doubled, ${reordered} reordered`,
    `the fault took ${(injected / 1_000).toFixed(0)} s, all quiet ${(rested / 1_000).toFixed(1)} s after the last write`,
    `${refused} refused, no response for ${(longest / 1_000).toFixed(1)} s at most`,
    `${await countRestarts()} container restarts`,
  ].join('; ')
  if (lost + doubled + reordered > 0) throw new PartError(`${figures}: ${found.remarks.join('; ')}`)
  return figures
}

const nothing: Acknowledged = {
  ...{ created: new Set(), completedSeries: new Set(), reminded: new Set(), versions: new Map() },
  ...{ writes: 0, refused: 0, seconds: 0 },
}

const unwatch = ({ databaseUrl }: Cluster) =>
  withClient(databaseUrl, (client) => client.query('DROP SCHEMA IF EXISTS watch CASCADE'))

/** Number of events in flight, and of reminders and mails that are due. */
const countPending = async (databaseUrl: string): Promise<number> => {
  const sum = (of: (schema: string) => string) =>
    serviceNames.map((name) => `(SELECT count(*) FROM ${of(services[name].schema)})`).join(' + ')
  const { rows } = await withClient(databaseUrl, (client) =>
    client.query<{ waiting: number }>(
      `SELECT (${sum((schema) => `${schema}.outbox`)} + ${sum((schema) => `${schema}.inbox WHERE state = 'deferred'`)}
         + (SELECT count(*) FROM reminders.schedule WHERE fired_at IS NULL AND at < now())
         + (SELECT count(*) FROM notifications.ledger WHERE state = 'pending'))::int AS waiting`,
    ),
  )
  return rows[0]!.waiting
}

/** Polls a page; `stop` returns the longest time without a response, in ms. */
const watchAvailability = (urls: string[]): { stop(): number } => {
  let last = performance.now()
  let longest = 0
  const timer = setInterval(async () => {
    const sent = performance.now()
    const answer = await fetch(`${urls.at(-1)}/healthz`, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined)
    if (!answer?.ok) return
    longest = Math.max(longest, sent - last)
    last = Math.max(last, sent)
  }, 100)
  return {
    stop: () => {
      clearInterval(timer)
      return Math.max(longest, performance.now() - last)
    },
  }
}
