import type { Task } from '../api/openapi.d.ts'
import { say } from '../components/toasts.tsx'
import { addDays, instantOf, localAt, todayIn, weekdayOf } from '../time/zone.ts'
import { changeMany, updateTask } from './changes.ts'
import type { DueFields } from './due.ts'

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

/**
 * When a task is due that is moved to another day: at its time, if it has one. Today, when that has passed: on the day.
 */
const dueOn = (task: Task, date: string | null, zone: string, now = Date.now()): DueFields => {
  if (date === null || task.due_date === null) return { due_date: null, due_on: date }
  const due = instantOf(`${date}T${localAt(task.due_date, zone).slice(11)}`, zone)
  if (date === todayIn(zone, now) && due < now) return { due_date: null, due_on: date }
  return { due_date: new Date(due).toISOString(), due_on: null }
}

/** Moves tasks to another day. */
export const reschedule = (tasks: readonly Task[], date: string | null, message: string, zone: string): void => {
  const [task] = tasks
  if (task === undefined) return
  if (tasks.length === 1) {
    void updateTask(task, dueOn(task, date, zone))
    const { due_date, due_on } = task
    say(`Moved to ${message}`, { label: 'Undo', act: () => void updateTask(task, { due_date, due_on }) })
    return
  }
  // One request for all tasks with the same new date.
  for (const [due, same] of Map.groupBy(tasks, (each) => JSON.stringify(dueOn(each, date, zone))))
    changeMany(same, { action: 'update', changes: JSON.parse(due) as DueFields }, `Moved to ${message}:`)
}
