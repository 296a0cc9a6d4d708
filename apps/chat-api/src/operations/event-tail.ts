import { PassThrough, type Readable } from 'node:stream'
import { type BaseDeps, createLoop, type Loop, Problem, rootOrigin } from '@taskflow/service-kit'
import { type EventRecord, withTopic } from './endpoints/event-query.ts'

/** What happens in the whole mesh, live, for operators. */
export interface EventTail {
  /**
   * A stream of the records that fit, from now on. `mayGoOn` is asked from time to time: a stream outlives neither its
   * session nor the role. Problem 429 when there are too many.
   */
  open(fits: (record: EventRecord) => boolean, mayGoOn: () => Promise<boolean>): Readable
  /** Looks for new records while somebody listens; stopping ends all streams. */
  loop: Loop
}

interface Client {
  stream: PassThrough
  fits: (record: EventRecord) => boolean
  mayGoOn: () => Promise<boolean>
}

const lookEvery = 1_000
const idle = 60_000
const heartbeatEvery = Temporal.Duration.from({ seconds: 15 })
/** Records of one look. When more have come meanwhile, the newest are shown and the others counted. */
const most = 200
const mostTails = 20
/** After a look that failed fewer: the answer may have been too large. */
const few = 20
/** A client that has more bytes than this waiting for it when there is something new is dropped. */
const mostWaiting = 262_144

/**
 * audit-logger is asked once a second for all streams together, and not at all while there are none. Its records are
 * numbered in the order in which they commit: whoever has read up to a number has missed nothing.
 */
export const createEventTail = ({ sidecar, clock, log }: Pick<BaseDeps, 'sidecar' | 'clock' | 'log'>): EventTail => {
  const clients = new Set<Client>()
  /** Number of the last record; undefined until it is known where to begin. */
  let last: number | undefined
  let trouble = false
  let nextBeat = clock.now()

  const drop = (client: Client) => {
    clients.delete(client)
    client.stream.destroy()
  }

  const isBehind = ({ stream }: Client) => stream.writableLength + stream.readableLength > mostWaiting

  const send = (client: Client, event: string, data: object, id?: number) => {
    const { stream } = client
    stream.write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  }
  const sendAll = (event: string, data: object) => {
    for (const client of clients) send(client, event, data)
  }

  const ask = async (search: string): Promise<EventRecord[]> => {
    const path = `audit/events?order=newest&${search}`
    const { data } = await sidecar.invoke<{ data: EventRecord[] }>('audit-logger', path, rootOrigin())
    return data.toReversed().map(withTopic)
  }

  const look = async () => {
    if (last === undefined) {
      last = (await ask('limit=1'))[0]?.sequence ?? 0
      return
    }
    const records = await ask(`limit=${trouble ? few : most}&after=${last}`)
    for (const client of clients) if (isBehind(client)) drop(client)
    const skipped = (records[0]?.sequence ?? last + 1) - last - 1
    if (skipped > 0) sendAll('skipped', { count: skipped })
    for (const record of records) {
      for (const client of clients) if (client.fits(record)) send(client, 'record', record, record.sequence)
    }
    last = records.at(-1)?.sequence ?? last
  }

  const beat = async (client: Client) => {
    if (await client.mayGoOn()) client.stream.write(': alive\n\n')
    else client.stream.end()
  }

  const loop = createLoop({
    name: 'event tail',
    maxWait: idle,
    onError: (error) => log.warn('the tail of events could not be read', { error }),
    step: async () => {
      if (clients.size === 0) {
        last = undefined
        return idle
      }
      try {
        await look()
        if (trouble) sendAll('recovered', {})
        trouble = false
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        if (!trouble) sendAll('trouble', { reason: error.message })
        trouble = true
      }
      if (Temporal.Instant.compare(clock.now(), nextBeat) >= 0) {
        nextBeat = clock.now().add(heartbeatEvery)
        await Promise.all([...clients].map(beat))
      }
      return lookEvery
    },
  })

  return {
    open: (fits, mayGoOn) => {
      if (clients.size >= mostTails) {
        throw new Problem('too-many-requests', `at most ${mostTails} live tails at once; close one`, {
          headers: { 'retry-after': '5' },
        })
      }
      const client = { stream: new PassThrough(), fits, mayGoOn }
      client.stream.on('error', () => {})
      client.stream.once('close', () => drop(client))
      client.stream.write('retry: 2000\n\n')
      clients.add(client)
      loop.wake()
      return client.stream
    },
    loop: {
      ...loop,
      stop: async () => {
        for (const { stream } of clients) stream.end()
        await loop.stop()
      },
    },
  }
}
