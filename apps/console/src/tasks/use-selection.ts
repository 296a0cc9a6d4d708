import { useCallback, useMemo, useState } from 'react'
import type { Task } from '../api/openapi.d.ts'
import { useTasks } from './task-store.ts'

/** The tasks that are selected, to be changed at once. */
export const useSelection = () => {
  const tasks = useTasks()
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  return {
    ids,
    tasks: useMemo(() => (ids.size === 0 ? [] : tasks.filter(({ id }) => ids.has(id))), [tasks, ids]),
    toggle: useCallback((id: string) => setIds((before) => new Set(before).symmetricDifference(new Set([id]))), []),
    select: (all: Task[]) => setIds(new Set(all.map(({ id }) => id))),
    clear: () => setIds(new Set()),
  }
}
