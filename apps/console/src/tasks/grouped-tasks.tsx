import { describeError } from '../api/problems.ts'
import { NoMatch, NoTasks } from './empty-tasks.tsx'
import { useLoaded } from './load-tasks.ts'
import { isFiltered, type TaskFilter } from './task-filter.ts'
import { TaskList, type TaskListProperties } from './task-list.tsx'
import { useTasks } from './task-store.ts'

interface Properties extends TaskListProperties {
  filter: TaskFilter
  /** Whether completed tasks are being read, which may still add rows. */
  isReading: boolean
  onExample: (line: string) => void
  onClearFilter: () => void
}

/** The tasks in their groups, or why there are none. */
export const GroupedTasks = ({ filter, isReading, onExample, onClearFilter, ...list }: Properties) => {
  const loaded = useLoaded()
  const hasOpenTasks = useTasks().some(({ is_completed }) => !is_completed)
  const showsTasks = list.rows.some(({ kind }) => kind === 'task')
  return (
    <>
      {typeof loaded === 'object' && <p className="text-danger">{describeError(loaded.error)}</p>}
      {loaded === 'nothing' && <Waiting />}
      {list.rows.length > 0 && <TaskList {...list} />}
      {loaded === 'all' && !hasOpenTasks && !isFiltered(filter) && <NoTasks onExample={onExample} />}
      {loaded === 'all' && !showsTasks && isFiltered(filter) && !isReading && <NoMatch onClear={onClearFilter} />}
    </>
  )
}

/** Shown until the first tasks have arrived. */
const Waiting = () => (
  <div role="status" className="flex flex-col gap-3 pt-4">
    <span className="sr-only">Reading your tasks</span>
    {[0, 1, 2].map((line) => (
      <div key={line} className="h-10 animate-pulse rounded-xl bg-sunken" />
    ))}
  </div>
)
