import { type DragEvent, useSyncExternalStore } from 'react'
import type { Task } from '../api/openapi.d.ts'

/** The task that is being dragged. */
let dragged: Task | undefined
const listeners = new Set<() => void>()

const set = (task: Task | undefined) => {
  dragged = task
  for (const listener of listeners) listener()
}

export const startDragging = (event: DragEvent, task: Task): void => {
  event.dataTransfer.effectAllowed = 'move'
  event.dataTransfer.setData('text/plain', task.title)
  // Deferred: an element that appears under the pointer right now would end the drag.
  setTimeout(() => set(task))
}

export const stopDragging = (): void => set(undefined)

export const useDragged = (): Task | undefined =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => dragged,
  )

/** What makes an element take a dragged task. */
export const dropTarget = (take: (task: Task) => void) => ({
  onDragOver: (event: DragEvent) => {
    if (!dragged) return
    event.preventDefault()
    ;(event.currentTarget as HTMLElement).dataset.over = ''
  },
  onDragLeave: (event: DragEvent) => {
    delete (event.currentTarget as HTMLElement).dataset.over
  },
  onDrop: (event: DragEvent) => {
    event.preventDefault()
    delete (event.currentTarget as HTMLElement).dataset.over
    if (dragged) take(dragged)
    set(undefined)
  },
})
