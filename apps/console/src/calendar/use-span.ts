import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api, bodyOf } from '../api/api.ts'
import type { RecurringTask, Task, TaskPage } from '../api/openapi.d.ts'
import { dueBy, dueDay } from '../tasks/due.ts'
import { taskStore, useTasks } from '../tasks/task-store.ts'
import { instantOf, localAt } from '../time/zone.ts'

/** What is on a day: tasks, and recurring tasks whose task is created when the date comes. */
export interface Day {
  tasks: Task[]
  planned: RecurringTask[]
}

const maxRead = 2_000

/**
 * What is on each day of a span, by date; `to` is exclusive. Completed tasks are loaded for it; open ones are known.
 */
export const useSpan = (from: string, to: string, zone: string): Map<string, Day> => {
  const tasks = useTasks()
  const [start, end] = [instantOf(from, zone), instantOf(to, zone)]
  useQuery({
    queryKey: ['tasks', 'span', from, to, zone],
    queryFn: async ({ signal }) => {
      const span = { due_after: new Date(start).toISOString(), due_before: new Date(end).toISOString() }
      let cursor: string | undefined
      for (let read = 0; read < maxRead; read += 200) {
        const query = { state: 'completed', sort: 'due_date', limit: 200, cursor, ...span } as const
        const page: TaskPage = await bodyOf(api.GET('/tasks', { params: { query }, signal }))
        taskStore.apply(page.data)
        cursor = page.next_cursor ?? undefined
        if (cursor === undefined) break
      }
      return true
    },
  })
  const { data: recurring } = useQuery({
    queryKey: ['recurring', 'planned'],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/recurring-tasks', { params: { query: { is_active: 'true', limit: 200 } }, signal })),
  })
  return useMemo(() => {
    const days = new Map<string, Day>()
    const dayOf = (date: string): Day => {
      const day = days.get(date) ?? { tasks: [], planned: [] }
      days.set(date, day)
      return day
    }
    const isWithin = (instant: string) => Date.parse(instant) >= start && Date.parse(instant) < end
    const made = new Set<string>()
    for (const task of tasks) {
      const date = dueDay(task, zone)
      if (date === undefined || date < from || date >= to) continue
      dayOf(date).tasks.push(task)
      if (task.series_id) made.add(`${task.series_id} ${task.due_date === null ? date : Date.parse(task.due_date)}`)
    }
    for (const each of recurring?.data ?? []) {
      const next = each.next_occurrence
      if (!next || !isWithin(next)) continue
      const date = localAt(next, each.start_on === null ? zone : each.time_zone).slice(0, 10)
      const known = each.start_on === null ? Date.parse(next) : date
      if (!made.has(`${each.id} ${known}`)) dayOf(date).planned.push(each)
    }
    for (const day of days.values())
      day.tasks.sort((a, b) => Number(a.is_completed) - Number(b.is_completed) || dueBy(a)! - dueBy(b)!)
    return days
  }, [tasks, recurring, zone, from, to, start, end])
}
