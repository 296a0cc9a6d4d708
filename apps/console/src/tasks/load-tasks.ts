import { useSyncExternalStore } from 'react'
import { api, bodyOf } from '../api/api.ts'
import type { TaskPage } from '../api/openapi.d.ts'
import { isTemporary } from '../api/problems.ts'
import { taskStore } from './task-store.ts'

/** How far the open tasks are loaded: `some` once the first page has arrived. */
export type Loaded = 'nothing' | 'some' | 'all' | { error: unknown }

const perPage = 200
let loaded: Loaded = 'nothing'
let running: AbortController | undefined
const listeners = new Set<() => void>()

const setLoaded = (state: Loaded) => {
  loaded = state
  for (const listener of listeners) listener()
}

/**
 * Loads all open tasks page by page, the most urgent first: the first page is shown at once, however many there are.
 * Changes made meanwhile arrive as live events; a task that was known before and is on no page is gone.
 */
export const loadTasks = async (): Promise<void> => {
  running?.abort()
  const abort = new AbortController()
  running = abort
  const finish = taskStore.beginReload()
  try {
    let cursor: string | undefined
    do {
      const query = { state: 'open', sort: 'due_date', limit: perPage, cursor } as const
      const { signal } = abort
      const page: TaskPage = await withRetries(() => bodyOf(api.GET('/tasks', { params: { query }, signal })), signal)
      taskStore.apply(page.data)
      if (loaded !== 'all') setLoaded('some')
      cursor = page.next_cursor ?? undefined
    } while (cursor !== undefined)
    finish()
    setLoaded('all')
  } catch (error) {
    if (!abort.signal.aborted) setLoaded({ error })
  }
}

/** Call it when another person has signed in, or the person has signed out. */
export const forgetTasks = (): void => {
  running?.abort()
  taskStore.clear()
  setLoaded('nothing')
}

const withRetries = async <Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result> => {
  for (let wait = 500; ; wait = Math.min(wait * 2, 10_000)) {
    try {
      return await work()
    } catch (error) {
      if (signal.aborted || !isTemporary(error)) throw error
      await new Promise((resolve) => setTimeout(resolve, wait))
    }
  }
}

export const useLoaded = (): Loaded =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => loaded,
  )
