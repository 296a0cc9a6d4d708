import { useSyncExternalStore } from 'react'
import type { Reminder, Task } from '../api/openapi.d.ts'

/**
 * The tasks that this page knows: what the interface and the live events said, and over it what was changed here and is
 * not yet answered (overlays). Only a greater version replaces a task, and a deleted one leaves its version as a tombstone:
 * answers and events may come twice, late and in any order.
 */
export type Overlay = Partial<Task> & { is_hidden?: boolean }

const known = new Map<string, Task>()
const tombstones = new Map<string, number>()
const overlays = new Map<string, Set<Overlay>>()
const listeners = new Set<() => void>()
/** What was heard of since a reload began: the reload must not take it for gone. */
let heardSince: Set<string> | undefined
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
  /** All tasks as people are to see them; the same array until something changes. */
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
      heardSince?.add(task.id)
      const version = known.get(task.id)?.version ?? tombstones.get(task.id) ?? 0
      if (task.version <= version) continue
      tombstones.delete(task.id)
      known.set(task.id, task)
    }
    hasChanged()
  },
  /** Without a version: whatever was known. */
  remove: (id: string, version = known.get(id)?.version ?? 0): void => {
    heardSince?.add(id)
    if ((known.get(id)?.version ?? 0) > version) return
    tombstones.set(id, Math.max(tombstones.get(id) ?? 0, version))
    known.delete(id)
    hasChanged()
  },
  /** Shows a change before it is answered. Call the result when it is. */
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
  /** How far a reminder has come; events of reminders do not carry the task. */
  setReminderState: (task_id: string, reminder_id: string, state: Reminder['state']): void => {
    const task = known.get(task_id)
    if (!task?.reminders.some(({ id }) => id === reminder_id)) return
    const reminders = task.reminders.map((each) => (each.id === reminder_id ? { ...each, state } : each))
    known.set(task_id, { ...task, reminders })
    hasChanged()
  },
  /** All is read anew: the result ends it and forgets open tasks that did not come again. */
  beginReload: (): (() => void) => {
    const heard = new Set<string>()
    heardSince = heard
    return () => {
      if (heardSince !== heard) return
      heardSince = undefined
      for (const [id, task] of known) if (!task.is_completed && !heard.has(id)) known.delete(id)
      hasChanged()
    }
  },
  clear: (): void => {
    for (const each of [known, tombstones, overlays]) each.clear()
    heardSince = undefined
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
