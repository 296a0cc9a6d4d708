import { useSyncExternalStore } from 'react'
import type { Reminder, Task } from '../api/openapi.d.ts'

/**
 * The tasks that this page knows: what answers and live events said and, over it, changes made here that are not yet
 * answered (overlays). Only a greater version replaces a task, and a deleted task leaves its version as a tombstone:
 * answers and events may arrive twice, late and in any order.
 */
export type Overlay = Partial<Task> & { is_hidden?: boolean }

const known = new Map<string, Task>()
const tombstones = new Map<string, number>()
const overlays = new Map<string, Set<Overlay>>()
const listeners = new Set<() => void>()
/** Tasks that were mentioned since a reload began: they are not gone, even if the reload did not see them. */
let seenSince: Set<string> | undefined
let shown: Task[] | undefined

const hasChanged = () => {
  if (shown === undefined) return
  shown = undefined
  queueMicrotask(() => {
    for (const listener of listeners) listener()
  })
}

const withOverlays = (task: Task): Task | undefined => {
  const own = overlays.get(task.id)
  if (!own) return task
  const { is_hidden, ...seen }: Task & Overlay = Object.assign({}, task, ...own)
  return is_hidden ? undefined : seen
}

export const taskStore = {
  /** All tasks as they are shown; the same array until something changes. */
  all: (): Task[] => {
    shown ??= [...known.values()].flatMap((task) => withOverlays(task) ?? [])
    return shown
  },
  get: (id: string): Task | undefined => {
    const task = known.get(id)
    return task && withOverlays(task)
  },
  apply: (tasks: readonly Task[]): void => {
    for (const task of tasks) {
      seenSince?.add(task.id)
      const version = known.get(task.id)?.version ?? tombstones.get(task.id) ?? 0
      if (task.version <= version) continue
      tombstones.delete(task.id)
      known.set(task.id, task)
    }
    hasChanged()
  },
  /** Removes a task, unless a version greater than this one is known. By default the known one. */
  remove: (id: string, version = known.get(id)?.version ?? 0): void => {
    seenSince?.add(id)
    if ((known.get(id)?.version ?? 0) > version) return
    tombstones.set(id, Math.max(tombstones.get(id) ?? 0, version))
    known.delete(id)
    hasChanged()
  },
  /** Shows a change before it is answered. Returns a function to call once it is. */
  overlay: (ids: readonly string[], overlay: Overlay): (() => void) => {
    for (const id of ids) overlays.set(id, (overlays.get(id) ?? new Set()).add(overlay))
    hasChanged()
    return () => {
      for (const id of ids) {
        const own = overlays.get(id)
        own?.delete(overlay)
        if (own?.size === 0) overlays.delete(id)
      }
      hasChanged()
    }
  },
  /** Sets the state of a reminder; events of reminders do not carry the task. */
  setReminderState: (task_id: string, reminder_id: string, state: Reminder['state']): void => {
    const task = known.get(task_id)
    if (!task?.reminders.some(({ id }) => id === reminder_id)) return
    const reminders = task.reminders.map((each) => (each.id === reminder_id ? { ...each, state } : each))
    known.set(task_id, { ...task, reminders })
    hasChanged()
  },
  /** Begins a reload. Returns a function that ends it and forgets open tasks that were not seen since. */
  beginReload: (): (() => void) => {
    const seenNow = new Set<string>()
    seenSince = seenNow
    return () => {
      if (seenSince !== seenNow) return
      seenSince = undefined
      for (const [id, task] of known) if (!task.is_completed && !seenNow.has(id)) known.delete(id)
      hasChanged()
    }
  },
  clear: (): void => {
    for (const each of [known, tombstones, overlays]) each.clear()
    seenSince = undefined
    hasChanged()
  },
  watch: (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}

export const useTasks = (): Task[] => useSyncExternalStore(taskStore.watch, taskStore.all)

/** One task; undefined while it is not known. */
export const useTask = (id: string): Task | undefined => useTasks().find((task) => task.id === id)
