import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { type Answer, type Loop, Problem } from '@taskflow/service-kit'

/** A client that is sent Server-Sent Events, with what its sender keeps of it. */
export interface EventClient<State> {
  readonly state: State
  readonly stream: PassThrough
  /** Does not wait: see `taken` and `dropSlow`. `data` is one line of text. */
  send(message: { event: string; data: string; id?: string }): void
  /** Resolves when the client has taken what was sent; rejects after 30 s, and when the stream has ended. */
  taken(): Promise<void>
  drop(): void
}

export interface EventStreams<State> {
  /**
   * Adds a client to a group. `mayGoOn` is called at each heartbeat: a stream outlives neither its session nor its
   * token. Problem 429 when the group has too many.
   */
  open(group: string, state: State, mayGoOn: () => Promise<boolean>): EventClient<State>
  /** The clients of a group, or all. */
  clients(group?: string): EventClient<State>[]
  /** Drops the clients that have not taken most of what was sent; to be called before more is sent without waiting. */
  dropSlow(): void
  /** Shows each client that the connection is alive, and ends the streams that may not go on. */
  heartbeat(): Promise<void>
  /** The loop that feeds the streams: when it stops, they end. */
  endingWith(loop: Loop): Loop
}

export const heartbeatSeconds = 15
/** For a sender that waits for each client. */
const takenTimeout = 30_000
/** Bytes, for a sender that does not wait. */
const maxWaiting = 262_144

/** Streams of Server-Sent Events, `max` of them in a group; `name` is what they are called in messages to people. */
export const createEventStreams = <State>({ max, name }: { max: number; name: string }): EventStreams<State> => {
  const groups = new Map<string, Map<EventClient<State>, () => Promise<boolean>>>()
  const entries = () => [...groups.values()].flatMap((each) => [...each])

  const open = (group: string, state: State, mayGoOn: () => Promise<boolean>): EventClient<State> => {
    const own = groups.get(group) ?? new Map()
    if (own.size >= max) {
      throw new Problem('too-many-requests', `at most ${max} ${name} at once; close one`, {
        headers: { 'retry-after': '5' },
      })
    }
    const stream = new PassThrough()
    const client: EventClient<State> = {
      state,
      stream,
      send: ({ event, data, id }) => {
        if (stream.writable) stream.write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${data}\n\n`)
      },
      taken: async () => {
        if (!stream.writable) throw new Error('the stream has ended')
        if (stream.writableNeedDrain) await once(stream, 'drain', { signal: AbortSignal.timeout(takenTimeout) })
      },
      drop: () => {
        if (own.delete(client) && own.size === 0) groups.delete(group)
        stream.destroy()
      },
    }
    stream.on('error', () => {})
    stream.once('close', client.drop)
    stream.write('retry: 2000\n\n')
    own.set(client, mayGoOn)
    groups.set(group, own)
    return client
  }

  const endAll = () => {
    for (const [{ stream }] of entries()) stream.end()
  }

  return {
    open,
    clients: (group) =>
      group === undefined ? entries().map(([client]) => client) : [...(groups.get(group)?.keys() ?? [])],
    dropSlow: () => {
      for (const [client] of entries()) if (waiting(client.stream) > maxWaiting) client.drop()
    },
    heartbeat: async () => {
      const beat = async ([{ stream }, mayGoOn]: [EventClient<State>, () => Promise<boolean>]) => {
        if (!(await mayGoOn().catch(() => false))) stream.end()
        // What waits shows that the connection is alive, once it is taken.
        else if (waiting(stream) === 0) stream.write(': alive\n\n')
      }
      await Promise.all(entries().map(beat))
    },
    endingWith: (loop) => ({
      ...loop,
      stop: async () => {
        endAll()
        await loop.stop()
      },
    }),
  }
}

const waiting = ({ writableLength, readableLength }: PassThrough): number => writableLength + readableLength

/** Proxies must hand on each event at once. */
export const streamAnswer = ({ stream }: Pick<EventClient<unknown>, 'stream'>): Answer => ({
  status: 200,
  body: stream,
  headers: {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  },
})
