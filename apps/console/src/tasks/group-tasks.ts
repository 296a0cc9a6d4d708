import type { Task } from '../api/openapi.d.ts'
import { addDays, instantOf, todayIn } from '../time/zone.ts'
import { dueBy } from './due.ts'

export const groupNames = ['overdue', 'today', 'upcoming', 'none', 'done'] as const
export type GroupName = (typeof groupNames)[number]
export type Groups = Record<GroupName, Task[]>

export const groupTitles: Record<GroupName, string> = {
  overdue: 'Overdue',
  today: 'Today',
  upcoming: 'Upcoming',
  none: 'No date',
  done: 'Done',
}

const urgency: Record<Task['priority'], number> = { high: 0, medium: 1, low: 2 }

/** Groups tasks: overdue, today and so on; each group in the order in which to do its tasks. */
export const groupTasks = (tasks: readonly Task[], zone: string, now: number): Groups => {
  const tomorrow = instantOf(addDays(todayIn(zone, now), 1), zone)
  const groups: Groups = { overdue: [], today: [], upcoming: [], none: [], done: [] }
  const times = new Map<string, number>()
  for (const task of tasks) {
    const due = dueBy(task)
    times.set(task.id, (task.is_completed ? -Date.parse(task.completed_at ?? task.updated_at) : due) ?? 0)
    groups[groupOf(task.is_completed, due, now, tomorrow)].push(task)
  }
  const byTime = (a: Task, b: Task) =>
    times.get(a.id)! - times.get(b.id)! ||
    urgency[a.priority] - urgency[b.priority] ||
    (a.created_at < b.created_at ? 1 : -1)
  for (const name of groupNames) groups[name].sort(byTime)
  return groups
}

const groupOf = (isDone: boolean, due: number | undefined, now: number, tomorrow: number): GroupName => {
  if (isDone) return 'done'
  if (due === undefined) return 'none'
  if (due < now) return 'overdue'
  return due < tomorrow ? 'today' : 'upcoming'
}
