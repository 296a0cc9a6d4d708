import { setTimeout as delay } from 'node:timers/promises'
import type { ServiceName } from '@taskflow/service-kit'
import { type Measurement, type MeasureOptions, short } from '../measurement.ts'
import { insertOutbox } from '../outbox.ts'
import { lagOf, outboxDepth, untilQuiet } from '../quiet.ts'
import type { Database } from '../testbed.ts'

const rates = [500, 1_000, 2_000, 3_000, 4_500, 6_000, 7_500]
/** Consumers of task-events. */
const consumers: ServiceName[] = ['reminder-service', 'audit-logger']

/** The highest rate of events with which the services keep up for a minute. */
export const sustained: Measurement = {
  name: 'sustained',
  measure: async (options) => {
    const { testbed, report } = options
    const database = await testbed.createDatabase('sustained')
    const services = []
    for (const name of ['chat-api', ...consumers] as const) services.push(await testbed.startService(name, database))
    await holds(options, database, 300, 5) // warms up, and commits an offset in every partition
    await untilQuiet(testbed, database, consumers)

    // Short trials find candidates; a minute at the highest of them decides.
    const passed: number[] = []
    for (const rate of rates) {
      const { growth, summary } = await holds(options, database, rate, 15)
      report(`${short(rate)} events/s for 15 s: ${summary}`)
      await untilQuiet(testbed, database, consumers)
      if (growth > 0.1) break
      passed.push(rate)
    }
    let from = 'no rate was sustained'
    let held = 0
    for (const rate of passed.toReversed()) {
      const { growth, summary } = await holds(options, database, rate, 60)
      report(`${short(rate)} events/s for 60 s: ${summary}`)
      await untilQuiet(testbed, database, consumers)
      if (growth > 0.02) continue
      held = rate
      from = summary
      break
    }
    for (const service of services) await service.stop()
    return [
      {
        name: 'sustained for 60 s, lag not growing, three real services: events/s',
        value: held,
        goal: 6_000,
        better: 'higher',
        from,
      },
    ]
  },
}

/**
 * Inserts rows at a rate and watches the backlog of each consumer, rows in the outbox included. `growth` is the
 * steepest slope of the backlogs over the last two thirds, as a share of the rate: 0 keeps up, 1 does nothing.
 */
const holds = async ({ testbed }: MeasureOptions, database: Database, rate: number, seconds: number) => {
  const samples: { at: number; backlogs: number[] }[] = []
  const began = performance.now()
  const elapsed = () => (performance.now() - began) / 1_000
  const insert = async () => {
    let inserted = 0
    while (elapsed() < seconds) {
      const due = Math.floor(elapsed() * rate) - inserted
      if (due > 0) await insertOutbox(database.pool, { count: due, topic: 'task-events' })
      inserted += Math.max(0, due)
      await delay(100)
    }
    return inserted
  }
  const watch = async () => {
    while (elapsed() < seconds) {
      const [waiting, lags] = await Promise.all([outboxDepth(database), lagOf(testbed, consumers)])
      samples.push({ at: elapsed(), backlogs: lags.map((lag) => lag + waiting) })
      await delay(1_000)
    }
  }
  const [inserted] = await Promise.all([insert(), watch()])
  const late = samples.filter(({ at }) => at > seconds / 3)
  const slopes = consumers.map((_, index) => slope(late.map(({ at, backlogs }) => [at, backlogs[index]!])))
  const behind = consumers.map((name, index) => `${name} ${short(samples.at(-1)!.backlogs[index]!)} behind at the end`)
  return {
    growth: Math.max(...slopes) / rate,
    summary: `${short(inserted / seconds)} inserted a second, ${behind.join(', ')}`,
  }
}

/** Least squares. */
const slope = (points: [number, number][]): number => {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [x, y] = [mean(points.map(([at]) => at)), mean(points.map(([, value]) => value))]
  const covariance = mean(points.map(([at, value]) => (at - x) * (value - y)))
  return covariance / mean(points.map(([at]) => (at - x) ** 2))
}
