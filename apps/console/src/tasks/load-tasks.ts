import { useSyncExternalStore } from 'react'
import { api, bodyOf } from '../api/api.ts'
import type { TaskPage } from '../api/openapi.d.ts'
import { isPassing } from '../api/problems.ts'
import { taskStore } from './task-store.ts'

/** How far the open tasks are read: `some` when the first page is there. */
export type Loaded = 'nothing' | 'some' | 'all' | { error: unknown }

const perPage = 200
let loaded: Loaded = 'nothing'
let running: AbortController | undefined
const listeners = new Set<() => void>()

const say = (state: Loaded) => {
  loaded = state
  for (const listener of listeners) listener()
}

/**
 * Reads all open tasks, the most urgent first, page by page: the first page is shown at once, however many there are. What
 * changes meanwhile comes as live events, and what the page knew and does not come again is gone.
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
      const page: TaskPage = await patiently(() => bodyOf(api.GET('/tasks', { params: { query }, signal })), signal)
      taskStore.apply(page.data)
      if (loaded !== 'all') say('some')
      cursor = page.next_cursor ?? undefined
    } while (cursor !== undefined)
    finish()
    say('all')
  } catch (error) {
    if (!abort.signal.aborted) say({ error })
  }
}

/** Somebody else has signed in, or nobody is any more. */
export const forgetTasks = (): void => {
  running?.abort()
  taskStore.clear()
  say('nothing')
}

const patiently = async <Result>(ask: () => Promise<Result>, signal: AbortSignal): Promise<Result> => {
  for (let wait = 500; ; wait = Math.min(wait * 2, 10_000)) {
    try {
      return await ask()
    } catch (error) {
      if (signal.aborted || !isPassing(error)) throw error
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
