import type { Task } from '../api/openapi.d.ts'
import { say } from '../components/toasts.tsx'
import { addDays, instantOf, localAt, todayIn, weekdayOf } from '../time/zone.ts'
import { changeMany, updateTask } from './changes.ts'

export const daysToMoveTo = ['Today', 'Tomorrow', 'Weekend', 'Next week', 'No date'] as const
export type DayToMoveTo = (typeof daysToMoveTo)[number]

/** The date that an offer means; null for none. */
export const dateOf = (day: DayToMoveTo, today: string): string | null => {
  const weekday = weekdayOf(today)
  switch (day) {
    case 'Today':
      return today
    case 'Tomorrow':
      return addDays(today, 1)
    case 'Weekend':
      return addDays(today, weekday === 6 ? 7 : (6 - weekday + 7) % 7)
    case 'Next week':
      return addDays(today, 8 - weekday)
    case 'No date':
      return null
  }
}

const usualTime = '09:00:00'
const endOfDay = '23:59:00'

/**
 * A task's due date on another day: at the same time, or at nine. Today, when that time has passed: the end of the day.
 */
const dueOn = (task: Task, date: string | null, zone: string, now = Date.now()): string | null => {
  if (date === null) return null
  const time = task.due_date === null ? usualTime : localAt(task.due_date, zone).slice(11)
  const due = instantOf(`${date}T${time}`, zone)
  const isOver = date === todayIn(zone, now) && due < now
  return new Date(isOver ? instantOf(`${date}T${endOfDay}`, zone) : due).toISOString()
}

/** Moves tasks to another day. */
export const reschedule = (tasks: readonly Task[], date: string | null, message: string, zone: string): void => {
  const [task] = tasks
  if (task === undefined) return
  if (tasks.length === 1) {
    void updateTask(task, { due_date: dueOn(task, date, zone) })
    say(`Moved to ${message}`, { label: 'Undo', act: () => void updateTask(task, { due_date: task.due_date }) })
    return
  }
  // One request for all tasks with the same new date.
  for (const [due_date, same] of Map.groupBy(tasks, (each) => dueOn(each, date, zone)))
    changeMany(same, { action: 'update', changes: { due_date } }, `Moved to ${message}:`)
}
