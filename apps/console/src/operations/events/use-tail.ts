import { useEffect, useState } from 'react'
import { api, queryOf } from '../../api/api.ts'
import { ApiProblem, describeError } from '../../api/problems.ts'
import type { Page } from '../../api/types.ts'
import { readEvents } from '../../live/read-events.ts'
import type { EventRecord } from '../types.ts'
import type { EventFilter } from './filter.ts'

const shown = 500
const firstPage = 50
const longestPause = 15_000

export interface Tail {
  /** Newest first. */
  records: EventRecord[]
  /** Whether the newest that were there before are among them. */
  isRead: boolean
  state: 'connecting' | 'live' | 'waiting'
  /** Why nothing comes just now. */
  trouble: string | undefined
  /** How many came too quickly to be shown. */
  skipped: number
}

const nothing: Tail = { records: [], isRead: false, state: 'connecting', trouble: undefined, skipped: 0 }

/** The newest events, and from then on each as it happens, while `isOn`. What was there stays when it is turned off. */
export const useTail = (filter: EventFilter, isOn: boolean): Tail => {
  const [tail, setTail] = useState(nothing)
  const query = queryOf(filter)
  const [asked, setAsked] = useState(query)
  if (asked !== query) {
    setAsked(query)
    setTail(nothing)
  }
  useEffect(() => {
    if (!isOn) return
    const stop = new AbortController()
    void follow(query, stop.signal, (change) => {
      if (!stop.signal.aborted) setTail(change)
    })
    return () => stop.abort()
  }, [query, isOn])
  return tail
}

const follow = async (query: string, signal: AbortSignal, change: (change: (tail: Tail) => Tail) => void) => {
  const add = (records: EventRecord[]) =>
    change((tail) => {
      const known = new Set(tail.records.map(({ sequence }) => sequence))
      const all = [...records.filter(({ sequence }) => !known.has(sequence)), ...tail.records]
      return { ...tail, records: all.toSorted((a, b) => b.sequence - a.sequence).slice(0, shown) }
    })
  const begin = () => {
    change((tail) => ({ ...tail, state: 'live', trouble: undefined }))
    // Read when the stream is open already: nothing happens between the two.
    const path = `/admin/events${query}${query ? '&' : '?'}limit=${firstPage}`
    api.get<Page<EventRecord>>(path, { signal }).then(
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
        path: `/admin/events/stream${query}`,
        after: undefined,
        signal,
        onOpen: () => {
          failures = 0
          begin()
        },
        onEvent: ({ event, data }) => {
          const told = JSON.parse(data)
          if (event === 'record') add([told])
          else if (event === 'skipped') change((tail) => ({ ...tail, skipped: tail.skipped + told.count }))
          else if (event === 'trouble') change((tail) => ({ ...tail, trouble: told.reason }))
          else if (event === 'recovered') change((tail) => ({ ...tail, trouble: undefined }))
        },
      })
    } catch (error) {
      if (signal.aborted) return
      change((tail) => ({ ...tail, state: 'waiting', trouble: describeError(error) }))
      if (error instanceof ApiProblem && [401, 403, 422].includes(error.status)) return
    }
    await new Promise((resolve) => setTimeout(resolve, Math.min(500 * 2 ** failures, longestPause)))
  }
}
