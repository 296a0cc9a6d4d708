import { api } from '../api/api.ts'
import { ApiProblem } from '../api/problems.ts'
import { readEvents } from './read-events.ts'

export interface LiveEvent {
  id: string
  type: string
  data: string
}

/** What tabs send each other. */
type Message =
  | { kind: 'hello' }
  | { kind: 'state'; isLive: boolean; last: string | undefined }
  | { kind: 'event'; event: LiveEvent }
  | { kind: 'reset' }

interface Listener {
  onEvent: (event: LiveEvent) => void
  /** Events may have been missed: read everything again. */
  onReset: () => void
  onState: (isLive: boolean) => void
}

const maxPause = 15_000

const openEvents = (last_event_id: string | undefined, signal: AbortSignal) =>
  api.GET('/events', { params: { query: { last_event_id } }, parseAs: 'stream', signal })

/**
 * A person's live events, in every tab, over one connection: a browser has six per host (HTTP/1.1), and a stream in
 * each tab would use them up. The tab that holds the lock reads the stream and passes events on; when it is closed, the
 * next one continues after the last event that it received. Returns a function that stops it.
 */
export const followEvents = (user_id: string, { onEvent, onReset, onState }: Listener): (() => void) => {
  const name = `taskflow.live.${user_id}`
  const channel = new BroadcastChannel(name)
  const stop = new AbortController()
  let last: string | undefined
  let isLive = false
  let isReader = false

  const receive = (message: Message) => {
    if (message.kind === 'event') {
      last = message.event.id
      onEvent(message.event)
    } else if (message.kind === 'reset') onReset()
    else if (message.kind === 'state') {
      isLive = message.isLive
      last ??= message.last
      onState(isLive)
    } else if (isReader) channel.postMessage({ kind: 'state', isLive, last } satisfies Message)
  }
  const broadcast = (message: Message) => {
    channel.postMessage(message)
    receive(message)
  }

  const read = async () => {
    isReader = true
    // A tab that takes over and has received no event does not know what it missed.
    let mayHaveMissed = isLive && last === undefined
    let failures = 0
    while (!stop.signal.aborted) {
      const connection = new AbortController()
      const cut = () => connection.abort()
      window.addEventListener('offline', cut)
      try {
        await readEvents({
          open: (signal) => openEvents(last, signal),
          signal: AbortSignal.any([stop.signal, connection.signal]),
          onOpen: () => {
            failures = 0
            broadcast({ kind: 'state', isLive: true, last })
            if (mayHaveMissed && last === undefined) broadcast({ kind: 'reset' })
            mayHaveMissed = true
          },
          onEvent: ({ id = '', event: type = '', data }) => {
            last = id
            broadcast(type === 'reset' ? { kind: 'reset' } : { kind: 'event', event: { id, type, data } })
          },
        })
      } catch (error) {
        if (error instanceof ApiProblem && error.status === 401) return
      } finally {
        window.removeEventListener('offline', cut)
      }
      if (stop.signal.aborted) return
      broadcast({ kind: 'state', isLive: false, last })
      await pause(Math.min(250 * 2 ** failures++, maxPause), stop.signal)
    }
  }

  channel.onmessage = ({ data }: MessageEvent<Message>) => receive(data)
  channel.postMessage({ kind: 'hello' } satisfies Message)
  navigator.locks.request(name, { signal: stop.signal }, read).catch(() => {})
  return () => {
    stop.abort()
    channel.close()
  }
}

/** Waits, at most until the network is back. */
const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds)
    function done() {
      clearTimeout(timer)
      window.removeEventListener('online', done)
      signal.removeEventListener('abort', done)
      resolve()
    }
    window.addEventListener('online', done)
    signal.addEventListener('abort', done)
  })
