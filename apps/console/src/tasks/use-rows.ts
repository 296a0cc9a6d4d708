import { useMemo, useState } from 'react'
import { type GroupName, groupNames, groupTasks } from './group-tasks.ts'
import { matchesFilter, type TaskFilter } from './task-filter.ts'
import type { Row } from './task-list.tsx'
import { useTasks } from './task-store.ts'
import { useDone } from './use-done.ts'

/**
 * The rows of the list: a heading for each group and, while it is open, its tasks. Completed tasks are read when they
 * are.
 */
export const useRows = (filter: TaskFilter, zone: string, now: number) => {
  const tasks = useTasks()
  const [closed, setClosed] = useState<ReadonlySet<GroupName>>(new Set(['done']))
  const isOpen = (group: GroupName) => filter.group === group || !closed.has(group)
  const done = useDone(filter, isOpen('done') && (filter.group === undefined || filter.group === 'done'))
  const groups = useMemo(() => groupTasks(tasks.filter(matchesFilter(filter)), zone, now), [tasks, filter, zone, now])
  const shownGroups = groupNames.filter((group) => filter.group === undefined || filter.group === group)
  const rows = shownGroups.flatMap((group): Row[] => {
    const isDone = group === 'done'
    if (groups[group].length === 0 && !(isDone && filter.group === 'done') && !(isDone && tasks.length > 0)) return []
    const count = isDone ? undefined : groups[group].length
    const heading: Row = { kind: 'heading', group, count, isOpen: isOpen(group) }
    if (!isOpen(group)) return [heading]
    const own = groups[group].map((task): Row => ({ kind: 'task', task }))
    return [heading, ...own, ...(isDone && done.hasMore ? [{ kind: 'more' as const }] : [])]
  })
  return {
    rows,
    shown: rows.flatMap((row) => (row.kind === 'task' ? row.task : [])),
    isReading: done.isReading,
    more: done.more,
    toggleGroup: (group: GroupName) => setClosed((before) => new Set(before).symmetricDifference(new Set([group]))),
  }
}
