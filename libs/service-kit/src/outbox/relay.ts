import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import type { Log } from '../log.ts'
import type { ServiceSchema } from '../services.ts'
import { createLanes, type OutboxRow } from './lanes.ts'
import { type PublishDeps, publishRows } from './publish-rows.ts'
import { forgetPublished, readRows, setAside, takeLock } from './rows.ts'
import { largestEvent, splitBySize } from './split-by-size.ts'
import { outboxChannel } from './wake.ts'

/** Publishes the rows of one outbox. Of all replicas one is active, the others stand by. */
export interface Relay {
  start(): void
  wake(): void
  isActive(): boolean
  /** undefined while publishing works, else why rows wait. */
  trouble(): string | undefined
  /** Publishes what is left (at most `drainMs`), then gives up the lock. */
  stop(drainMs: number): Promise<void>
}

export interface RelayDeps extends PublishDeps {
  schema: ServiceSchema
  databaseUrl: string
  log: Log
  /** Whether somebody waits for an answer of this service: then a full outbox is worked off at half the speed. */
  isAsked?: () => boolean
}

const batchSize = 200
const callsInFlight = 2
const pollEvery = 500
const windowSize = 2_000
/** More rows than this are not read ahead, even when few keys hold them all. */
const windowLimit = 20_000

/**
 * The relay is in one of three states. *Standing by*: it has a connection and asks for the outbox's advisory lock
 * twice a second. *Active*: it holds the lock, reads rows in id order over that same connection, and has at most two
 * bulk calls in flight, with at most one event of a key among them; what was written is deleted. *Lost*: the
 * connection broke, and with it the lock; it makes no further call, because another replica may be active already,
 * and begins again. No transaction is open while it publishes. Rows are found by "not known yet", never by
 * "id greater than the last": sequence numbers do not commit in order.
 */
export const createRelay = ({ schema, databaseUrl, log, isAsked, ...deps }: RelayDeps): Relay => {
  let stopping = false
  let drainUntil = 0
  let active = false
  let trouble: string | undefined
  let running: Promise<void> | undefined
  let rouse = Promise.withResolvers<void>()
  const wake = () => rouse.resolve()

  const pause = async (milliseconds: number) => {
    const timer = delay(milliseconds, undefined, { ref: false })
    await Promise.race([rouse.promise, timer])
    rouse = Promise.withResolvers()
  }

  /** One connection's life. */
  const session = async () => {
    const client = new pg.Client({
      connectionString: databaseUrl,
      application_name: `relay ${schema}`,
      connectionTimeoutMillis: 5_000,
      statement_timeout: 10_000,
      keepAlive: true,
    })
    let lost: Error | undefined
    client.on('error', (error) => {
      lost ??= error
      wake()
    })
    client.on('end', () => {
      lost ??= new Error('connection ended')
      wake()
    })
    client.on('notification', wake)
    await client.connect()
    try {
      // A holder whose host vanished is noticed by the server within about 5 s, instead of hours.
      await client.query('SET tcp_keepalives_idle = 2; SET tcp_keepalives_interval = 1; SET tcp_keepalives_count = 3')
      // Losing a delete in a crash of the server only means publishing again, which consumers bear: nobody waits for the disk.
      await client.query('SET synchronous_commit = off')
      while (!(await takeLock(client, schema))) {
        if (stopping) return
        await pause(pollEvery)
        if (lost) throw lost
      }
      await client.query(`LISTEN ${outboxChannel(schema)}`)
      active = true
      await workOff(client, () => lost)
    } finally {
      active = false
      await client.end().catch(() => {})
    }
  }

  const workOff = async (client: pg.Client, lost: () => Error | undefined) => {
    const lanes = createLanes()
    const calls = new Set<Promise<void>>()
    let written: string[] = []
    let unfit: { row: OutboxRow; reason: string }[] = []
    let backOff = 0
    let retryAt = 0
    let restUntil = 0
    let single = false
    let ended = false

    /** Begins the calls that may begin. Runs at each call's end too, so that no lane waits for the statements about its last row. */
    const beginCalls = () => {
      while (!ended && !lost() && calls.size < callsInFlight && lanes.readyCount() > 0) {
        const began = performance.now()
        if (began < Math.max(retryAt, restUntil) || (stopping && Date.now() > drainUntil)) return
        // A second call is worth its while when it is full; otherwise what comes meanwhile goes together.
        if (calls.size > 0 && lanes.readyCount() < batchSize) return
        const rows = fitting(lanes.take(single ? 1 : batchSize))
        if (rows.length === 0) continue
        const running = call(rows).finally(() => {
          calls.delete(running)
          const now = performance.now()
          if (rows.length > batchSize / 2 && isAsked?.()) restUntil = now + (now - began)
          beginCalls()
          wake()
        })
        calls.add(running)
      }
    }

    const fitting = (rows: OutboxRow[]): OutboxRow[] => {
      const { fit, later, tooLarge } = splitBySize(rows)
      for (const row of later) lanes.giveBack(row)
      for (const row of tooLarge) unfit.push({ row, reason: `larger than ${largestEvent} bytes` })
      return fit
    }

    const call = async (rows: OutboxRow[]) => {
      const result = await publishRows(deps, rows)
      if (result.ok) {
        for (const row of rows) {
          if (result.failed.has(row.event_id)) lanes.giveBack(row)
          else {
            lanes.done(row)
            written.push(row.id)
          }
        }
        single = single && rows.length > 1
      } else if (result.status === 400 && rows.length === 1) {
        unfit.push({ row: rows[0]!, reason: result.reason })
        single = false
        return
      } else {
        for (const row of rows) lanes.giveBack(row)
        // One unfit entry fails the whole call with 400: alone, each shows whether it is the one.
        single = result.status === 400
      }
      const reason = result.ok ? result.failed.values().next().value : result.reason
      if (reason === undefined) {
        if (trouble) log.info('publishing works again', { schema })
        trouble = undefined
        backOff = 0
      } else if (!single) {
        if (!trouble) log.warn('events wait: publishing fails', { schema, reason })
        trouble = reason
        backOff = Math.min(1_000, Math.max(100, backOff * 2))
        retryAt = performance.now() + backOff
      }
    }

    const read = async (): Promise<boolean> => {
      const rows = await readRows(client, schema, lanes.known(), windowSize)
      lanes.add(rows)
      return rows.length === windowSize
    }

    /** Records in the table what became of the rows. */
    const settle = async () => {
      const ids = written
      written = []
      if (ids.length > 0) {
        await forgetPublished(client, schema, ids)
        lanes.forget(ids)
      }
      const rejected = unfit
      unfit = []
      for (const { row, reason } of rejected) {
        log.error('an event cannot be published and was set aside', {
          event_id: row.event_id,
          topic: row.topic,
          reason,
        })
        await setAside(client, schema, row.id, reason)
        lanes.done(row)
        lanes.forget([row.id])
      }
    }

    let more = true
    try {
      while (!lost()) {
        beginCalls()
        await settle()
        if (more && lanes.readyCount() < batchSize && lanes.size() < windowLimit) {
          more = await read()
          beginCalls()
        }
        if (written.length + unfit.length > 0) continue
        if (stopping && calls.size === 0 && (lanes.size() === 0 || Date.now() > drainUntil)) return
        const notBefore = Math.max(retryAt, restUntil) - performance.now()
        await pause(notBefore > 0 ? Math.max(5, notBefore) : pollEvery)
        more = true
      }
    } finally {
      ended = true
    }
    // The lock is gone: what is in flight ends by itself, nothing new is begun.
    throw lost()
  }

  const run = async () => {
    while (!stopping || (Date.now() < drainUntil && active)) {
      try {
        await session()
      } catch (error) {
        log.warn('the relay lost its database connection and begins again', { schema, error })
        // Not pause(): the lost connection wakes it, and it would try a thousand times a second while the database is away. It
        // would not keep the process alive either, and a stop waits for the relay.
        await delay(pollEvery)
      }
    }
  }

  return {
    start: () => {
      running ??= run()
    },
    wake,
    isActive: () => active,
    trouble: () => trouble,
    stop: async (drainMs) => {
      stopping = true
      drainUntil = Date.now() + drainMs
      wake()
      await running
    },
  }
}
