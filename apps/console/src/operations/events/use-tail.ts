import { useEffect, useState } from 'react'
import { api, bodyOf } from '../../api/api.ts'
import type { EventRecord } from '../../api/openapi.d.ts'
import { ApiProblem, describeError } from '../../api/problems.ts'
import type { QueryOf } from '../../api/send.ts'
import { readEvents } from '../../live/read-events.ts'
import type { EventFilter } from './filter.ts'

const maxShown = 500
const firstPage = 50
const maxPause = 15_000

export interface Tail {
  /** Newest first. */
  records: EventRecord[]
  /** Whether the newest events from before the stream are among them. */
  isRead: boolean
  state: 'connecting' | 'live' | 'waiting'
  /** Why no events arrive at the moment. */
  trouble: string | undefined
  /** How many arrived too quickly to be shown. */
  skipped: number
}

const nothing: Tail = { records: [], isRead: false, state: 'connecting', trouble: undefined, skipped: 0 }

/** The newest events, and from then on each as it happens, while `isOn`. What was there stays when it is turned off. */
export const useTail = (filter: EventFilter, isOn: boolean): Tail => {
  const [tail, setTail] = useState(nothing)
  const key = JSON.stringify(filter)
  const [shownKey, setShownKey] = useState(key)
  if (shownKey !== key) {
    setShownKey(key)
    setTail(nothing)
  }
  useEffect(() => {
    if (!isOn) return
    const stop = new AbortController()
    void follow(JSON.parse(key), stop.signal, (change) => {
      if (!stop.signal.aborted) setTail(change)
    })
    return () => stop.abort()
  }, [key, isOn])
  return tail
}

const follow = async (
  filter: QueryOf<'/admin/events/stream'>,
  signal: AbortSignal,
  change: (change: (tail: Tail) => Tail) => void,
) => {
  const add = (records: EventRecord[]) =>
    change((tail) => {
      const known = new Set(tail.records.map(({ sequence }) => sequence))
      const all = [...records.filter(({ sequence }) => !known.has(sequence)), ...tail.records]
      return { ...tail, records: all.toSorted((a, b) => b.sequence - a.sequence).slice(0, maxShown) }
    })
  const begin = () => {
    change((tail) => ({ ...tail, state: 'live', trouble: undefined }))
    // Read after the stream was opened, so that nothing is missed in between.
    const query = { ...filter, limit: firstPage }
    bodyOf(api.GET('/admin/events', { params: { query }, signal })).then(
      ({ data }) => {
        add(data)
        change((tail) => ({ ...tail, isRead: true }))
      },
      (error) => signal.aborted || change((tail) => ({ ...tail, trouble: describeError(error) })),
    )
  }
  for (let failures = 0; !signal.aborted; failures++) {
    try {
      await readEvents({
        open: (signal) => api.GET('/admin/events/stream', { params: { query: filter }, parseAs: 'stream', signal }),
        signal,
        onOpen: () => {
          failures = 0
          begin()
        },
        onEvent: ({ event, data }) => {
          const message = JSON.parse(data)
          if (event === 'record') add([message])
          else if (event === 'skipped') change((tail) => ({ ...tail, skipped: tail.skipped + message.count }))
          else if (event === 'trouble') change((tail) => ({ ...tail, trouble: message.reason }))
          else if (event === 'recovered') change((tail) => ({ ...tail, trouble: undefined }))
        },
      })
    } catch (error) {
      if (signal.aborted) return
      change((tail) => ({ ...tail, state: 'waiting', trouble: describeError(error) }))
      if (error instanceof ApiProblem && [401, 403, 422].includes(error.status)) return
    }
    await new Promise((resolve) => setTimeout(resolve, Math.min(500 * 2 ** failures, maxPause)))
  }
}
