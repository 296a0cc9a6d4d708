import { type BaseDeps, createLoop, type Loop, Problem, rootOrigin } from '@taskflow/service-kit'
import { createEventStreams, type EventClient, heartbeatSeconds } from '../http/event-stream.ts'
import { type EventRecord, withTopic } from './endpoints/event-query.ts'

/** What happens in the whole mesh, live, for operators. */
export interface EventTail {
  /**
   * A stream of the records that fit, from now on, as long as `mayGoOn` at each heartbeat. Problem 429 when there are
   * too many.
   */
  open(fits: (record: EventRecord) => boolean, mayGoOn: () => Promise<boolean>): Pick<EventClient<State>, 'stream'>
  /** Reads new records while somebody listens; when it stops, all streams end. */
  loop: Loop
}

interface State {
  fits: (record: EventRecord) => boolean
}

const interval = 1_000
const idle = 60_000
const heartbeat = Temporal.Duration.from({ seconds: heartbeatSeconds })
/** Records read at once. When more have come meanwhile, the newest are shown and the others counted. */
const maxRecords = 200
/** After a failure fewer: the answer may have been too large. */
const maxRecordsAfterFailure = 20
const maxTails = 20

/**
 * Polls audit-logger once a second for all streams, and not at all while there are none. Its records are numbered in
 * commit order: a reader that has all records up to a number has missed none.
 */
export const createEventTail = ({ sidecar, clock, log }: Pick<BaseDeps, 'sidecar' | 'clock' | 'log'>): EventTail => {
  const streams = createEventStreams<State>({ max: maxTails, name: 'live tails' })
  /** Number of the last record; undefined until it is known where to begin. */
  let last: number | undefined
  let hasFailed = false
  let nextHeartbeat = clock.now()

  const sendAll = (event: string, data: object) => {
    for (const client of streams.clients()) client.send({ event, data: JSON.stringify(data) })
  }

  const ask = async (search: string): Promise<EventRecord[]> => {
    const path = `audit/events?order=newest&${search}`
    const { data } = await sidecar.invoke<{ data: EventRecord[] }>('audit-logger', path, rootOrigin())
    return data.toReversed().map(withTopic)
  }

  const sendNew = async () => {
    if (last === undefined) {
      last = (await ask('limit=1'))[0]?.sequence ?? 0
      return
    }
    const records = await ask(`limit=${hasFailed ? maxRecordsAfterFailure : maxRecords}&after=${last}`)
    streams.dropSlow()
    const skipped = (records[0]?.sequence ?? last + 1) - last - 1
    if (skipped > 0) sendAll('skipped', { count: skipped })
    for (const record of records) {
      const message = { event: 'record', data: JSON.stringify(record), id: String(record.sequence) }
      for (const client of streams.clients()) if (client.state.fits(record)) client.send(message)
    }
    last = records.at(-1)?.sequence ?? last
  }

  const loop = createLoop({
    name: 'event tail',
    maxWait: idle,
    onError: (error) => log.warn('the tail of events could not be read', { error }),
    step: async () => {
      if (streams.clients().length === 0) {
        last = undefined
        return idle
      }
      try {
        await sendNew()
        if (hasFailed) sendAll('recovered', {})
        hasFailed = false
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        if (!hasFailed) sendAll('trouble', { reason: error.message })
        hasFailed = true
      }
      if (Temporal.Instant.compare(clock.now(), nextHeartbeat) >= 0) {
        nextHeartbeat = clock.now().add(heartbeat)
        await streams.heartbeat()
      }
      return interval
    },
  })

  return {
    open: (fits, mayGoOn) => {
      const client = streams.open('all', { fits }, mayGoOn)
      loop.wake()
      return client
    },
    loop: streams.endingWith(loop),
  }
}
