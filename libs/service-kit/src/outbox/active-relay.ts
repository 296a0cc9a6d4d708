import type { Topic } from '@taskflow/event-contracts'
import type pg from 'pg'
import type { Log } from '../log.ts'
import type { ServiceSchema } from '../services.ts'
import { createLanes, type OutboxRow } from './lanes.ts'
import { type PublishDeps, publishRows } from './publish-rows.ts'
import { forgetPublished, readRows, setAside } from './rows.ts'
import { maxEventBytes, splitBySize } from './split-by-size.ts'

const batchSize = 200
const maxCalls = 2
/** A call that takes longer (ms) does not count: other topics do not wait for it. */
const slowCall = 100
/** The longest rest (ms) after a call, for requests that are pending. */
const maxRest = 50
/** The server ends the session of a relay that asks nothing for 5 s. */
const heartbeatInterval = 1_000
/** Rows read at a time. */
const windowSize = 2_000
/** Bytes read at a time, and one more event. */
const windowBytes = 16 * 1_024 * 1_024
/** When the rows read ahead hold more, in characters, no more are read. */
const maxKnownLength = 64 * 1_024 * 1_024
/** More rows than this are not read ahead, even when few keys hold them all. */
const maxRowsKnown = 20_000
/** Milliseconds between two looks at the outbox when nothing wakes the relay. */
export const pollInterval = 500

export interface ActiveDeps extends PublishDeps {
  schema: ServiceSchema
  log: Log
  /** Whether requests to this service are pending: then a full outbox is worked off at half the speed. */
  hasPendingRequests?: () => boolean
}

/** What outlives a connection. */
export interface RelayState {
  isStopping: boolean
  /** While stopping, rows are published until then (milliseconds since the epoch). */
  drainUntil: number
  isActive: boolean
  /** Why rows wait. */
  trouble: string | undefined
  /** Ends the current or next pause. */
  wake: () => void
  pause: (milliseconds: number) => Promise<void>
}

/** The one connection of the relay; `lost` is the reason once it is broken, and with it the lock. */
export interface Connection {
  client: pg.Client
  lost: Error | undefined
}

/** What the active relay knows; it starts empty with each connection. */
interface Work {
  deps: ActiveDeps
  relay: RelayState
  connection: Connection
  lanes: ReturnType<typeof createLanes>
  /** Calls to the sidecar in flight. */
  calls: Map<Promise<void>, { topic: Topic; began: number }>
  /** Ids of rows that are in Kafka and still in the table. */
  published: string[]
  /** Rows that can never be published and are still in the table. */
  rejected: { row: OutboxRow; reason: string }[]
  /** Milliseconds to wait after a failed call; 0 while publishing works. */
  backOff: number
  /** After a failure, no call begins before this time of performance.now(). */
  retryAt: number
  /** With requests pending, no call begins before this time of performance.now(). */
  restUntil: number
  /** Rows of a call. One malformed row fails a whole call: halved with each refusal, it leads to that row. */
  limit: number
  /** Rows published since the limit was lowered. */
  publishedSince: number
  /** The time of performance.now() at which the database was last asked something. */
  askedAt: number
  hasEnded: boolean
}

/**
 * The active state: reads rows in id order and has at most two bulk calls in flight, with at most one event of a key
 * among them; what was published is deleted. No transaction is open meanwhile. Returns when the relay is stopping and
 * the outbox is drained or out of time; throws when the connection is lost.
 */
export const beActive = async (deps: ActiveDeps, relay: RelayState, connection: Connection): Promise<void> => {
  const work: Work = {
    deps,
    relay,
    connection,
    lanes: createLanes(),
    calls: new Map(),
    published: [],
    rejected: [],
    backOff: 0,
    retryAt: 0,
    restUntil: 0,
    limit: batchSize,
    publishedSince: 0,
    askedAt: performance.now(),
    hasEnded: false,
  }
  const { lanes, calls } = work
  let mayHaveMore = true
  try {
    while (!connection.lost) {
      beginCalls(work)
      await settle(work)
      if (
        mayHaveMore &&
        lanes.readyCount() < batchSize &&
        lanes.size() < maxRowsKnown &&
        lanes.length() < maxKnownLength
      ) {
        mayHaveMore = await readAhead(work)
        beginCalls(work)
      }
      if (work.published.length + work.rejected.length > 0) continue
      if (relay.isStopping && (Date.now() > relay.drainUntil || (calls.size === 0 && lanes.size() === 0))) return
      const notBefore = Math.max(work.retryAt, work.restUntil) - performance.now()
      await beat(work)
      await relay.pause(notBefore > 0 ? Math.max(5, notBefore) : calls.size > 0 ? slowCall : pollInterval)
      mayHaveMore = true
    }
  } finally {
    work.hasEnded = true
  }
  // The lock is gone: calls in flight end by themselves, no new one begins.
  throw connection.lost
}

/** Begins all calls that may begin. Also runs when a call ends: no lane waits for the statements about its last row. */
const beginCalls = (work: Work): void => {
  const { deps, relay, connection, lanes, calls } = work
  while (!work.hasEnded && !connection.lost && lanes.readyCount() > 0) {
    const began = performance.now()
    const running = [...calls.values()]
    const slow = new Set(running.filter((call) => began - call.began >= slowCall).map(({ topic }) => topic))
    const quick = running.filter(({ topic }) => !slow.has(topic)).length
    if (quick >= maxCalls) return
    if (began < Math.max(work.retryAt, work.restUntil)) return
    if (relay.isStopping && Date.now() > relay.drainUntil) return
    // A second call pays off only when it is full; otherwise rows that arrive meanwhile go together.
    if (quick > 0 && lanes.readyCount() < batchSize) return
    const taken = lanes.take(work.limit, slow)
    if (taken.length === 0) return
    const rows = publishable(work, taken)
    if (rows.length === 0) continue
    const call = publish(work, rows).then((isOk) => {
      calls.delete(call)
      const now = performance.now()
      if (isOk && rows.length > batchSize / 2 && deps.hasPendingRequests?.())
        work.restUntil = now + Math.min(maxRest, now - began)
      beginCalls(work)
      relay.wake()
    })
    calls.set(call, { topic: rows[0]!.topic, began })
  }
}

/** The rows that go into one call; the others wait for the next one, or can never be published. */
const publishable = ({ lanes, rejected }: Work, rows: OutboxRow[]): OutboxRow[] => {
  const { fit, later, tooLarge } = splitBySize(rows)
  for (const row of later) lanes.giveBack(row)
  for (const row of tooLarge) rejected.push({ row, reason: `larger than ${maxEventBytes} bytes` })
  return fit
}

/** One call to the sidecar; false when it failed as a whole. */
const publish = async (work: Work, rows: OutboxRow[]): Promise<boolean> => {
  const { deps, lanes } = work
  const result = await publishRows(deps, rows)
  if (result.ok) {
    for (const row of rows) {
      if (result.failed.has(row.event_id)) lanes.giveBack(row)
      else {
        lanes.done(row)
        work.published.push(row.id)
      }
    }
    work.publishedSince += rows.length - result.failed.size
    if (work.publishedSince >= 2 * batchSize) work.limit = batchSize
  } else if (result.status === 400 && rows.length === 1) {
    work.rejected.push({ row: rows[0]!, reason: result.reason })
    work.limit = batchSize
    return true
  } else {
    for (const row of rows) lanes.giveBack(row)
    if (result.status === 400) {
      work.limit = Math.ceil(rows.length / 2)
      work.publishedSince = 0
      return false
    }
  }
  noteTrouble(work, result.ok ? result.failed.values().next().value : result.reason)
  return result.ok
}

/** Backs off after a failure. */
const noteTrouble = (work: Work, reason: string | undefined): void => {
  const { deps, relay } = work
  const { log, schema } = deps
  if (reason === undefined) {
    if (relay.trouble) log.info('publishing works again', { schema })
    relay.trouble = undefined
    work.backOff = 0
  } else {
    if (!relay.trouble) log.warn('events wait: publishing fails', { schema, reason })
    relay.trouble = reason
    work.backOff = Math.min(1_000, Math.max(100, work.backOff * 2))
    work.retryAt = performance.now() + work.backOff
  }
}

/** Keeps the session, and with it the lock. */
const beat = async (work: Work): Promise<void> => {
  if (performance.now() - work.askedAt < heartbeatInterval) return
  await work.connection.client.query('SELECT 1')
  work.askedAt = performance.now()
}

/** Reads the next rows; false when there are no more. */
const readAhead = async ({ deps, connection, lanes }: Work): Promise<boolean> => {
  const rows = await readRows(connection.client, deps.schema, lanes.known(), windowSize, windowBytes)
  lanes.add(rows)
  return rows.length === windowSize || rows.reduce((sum, { event }) => sum + Buffer.byteLength(event), 0) >= windowBytes
}

/** Removes from the table what was published or rejected since the last time. */
const settle = async (work: Work): Promise<void> => {
  const { lanes, deps } = work
  const { log, schema } = deps
  const { client } = work.connection
  const { published, rejected } = work
  work.published = []
  work.rejected = []
  if (published.length > 0) {
    await forgetPublished(client, schema, published)
    lanes.forget(published)
  }
  for (const { row, reason } of rejected) {
    log.error('an event cannot be published and was set aside', { event_id: row.event_id, topic: row.topic, reason })
    await setAside(client, schema, row.id, reason)
    lanes.done(row)
    lanes.forget([row.id])
  }
}
