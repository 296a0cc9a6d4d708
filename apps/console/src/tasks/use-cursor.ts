import { useState } from 'react'
import type { Task } from '../api/openapi.d.ts'

/** The task that keys are for, among those that are shown. */
export const useCursor = (shown: Task[]) => {
  const [current, setCurrent] = useState<string>()
  const [revealed, setRevealed] = useState<{ id: string }>()
  const reveal = (id: string) => {
    setCurrent(id)
    setRevealed({ id })
  }
  return {
    current,
    /** The task that a key moved to. */
    revealed,
    setCurrent,
    move: (by: 1 | -1) => {
      const at = shown.findIndex(({ id }) => id === current)
      const next = shown[at < 0 ? 0 : Math.min(Math.max(at + by, 0), shown.length - 1)]
      if (next) reveal(next.id)
    },
    /** Does something to the current task. When that takes it away, the next one is current. */
    onCurrent: (act: (task: Task) => unknown, { goesAway = false } = {}) => {
      const at = shown.findIndex(({ id }) => id === current)
      const task = shown[at]
      if (!task) return
      act(task)
      const next = shown[at + 1] ?? shown[at - 1]
      if (goesAway && next) reveal(next.id)
    },
  }
}
