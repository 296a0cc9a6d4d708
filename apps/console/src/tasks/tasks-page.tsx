import { useNavigate, useSearch } from '@tanstack/react-router'
import { Keyboard } from 'lucide-react'
import { lazy, Suspense, useMemo, useRef, useState } from 'react'
import { useAccount } from '../account/use-account.ts'
import type { Task } from '../api/openapi.d.ts'
import { describeError } from '../api/problems.ts'
import { Button } from '../components/button.tsx'
import { Page } from '../components/page.tsx'
import { useNow } from '../time/use-now.ts'
import { todayIn } from '../time/zone.ts'
import { deleteTask, toggleTask } from './changes.ts'
import { DropBar } from './drop-bar.tsx'
import { NoMatch, NoTasks } from './empty-tasks.tsx'
import { FilterBar } from './filter-bar.tsx'
import { type GroupName, groupNames, groupTasks } from './group-tasks.ts'
import { useLoaded } from './load-tasks.ts'
import { QuickAdd } from './quick-add.tsx'
import { dateOf, reschedule } from './reschedule.ts'
import { SearchResults } from './search-results.tsx'
import { isFiltered, matchesFilter } from './task-filter.ts'
import { type Row, TaskList } from './task-list.tsx'
import type { RowActions } from './task-row.tsx'
import { useTasks } from './task-store.ts'
import { useDone } from './use-done.ts'
import { useKeys } from './use-keys.ts'

const BulkBar = lazy(() => import('./bulk-bar.tsx').then(({ BulkBar }) => ({ default: BulkBar })))
const TaskPanel = lazy(() => import('./task-panel.tsx').then(({ TaskPanel }) => ({ default: TaskPanel })))
const ShortcutsDialog = lazy(() =>
  import('./shortcuts-dialog.tsx').then(({ ShortcutsDialog }) => ({ default: ShortcutsDialog })),
)

/** The tasks, in groups or as found, with everything that can be done to them. */
export const TasksPage = () => {
  const filter = useSearch({ from: '/app/' })
  const navigate = useNavigate({ from: '/' })
  const { time_zone: zone, locale } = useAccount()
  const now = useNow()
  const tasks = useTasks()
  const loaded = useLoaded()
  const [closed, setClosed] = useState<ReadonlySet<GroupName>>(new Set(['done']))
  const [current, setCurrent] = useState<string>()
  const [revealed, setRevealed] = useState<{ id: string }>()
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [editing, setEditing] = useState<string>()
  const [line, setLine] = useState('')
  const [showsKeys, setShowsKeys] = useState(false)
  const quickAdd = useRef<HTMLInputElement>(null)
  const search = useRef<HTMLInputElement>(null)

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
  const shown = rows.flatMap((row) => (row.kind === 'task' ? row.task : []))

  const actions = useMemo<RowActions>(
    () => ({
      open: (id) => void navigate({ search: (now) => ({ ...now, task: id }) }),
      edit: setEditing,
      focus: setCurrent,
      select: (id) => setSelected((now) => new Set(now).symmetricDifference(new Set([id]))),
    }),
    [navigate],
  )

  const reveal = (id: string) => {
    setCurrent(id)
    setRevealed({ id })
  }
  const move = (by: 1 | -1) => {
    const at = shown.findIndex(({ id }) => id === current)
    const next = shown[at < 0 ? 0 : Math.min(Math.max(at + by, 0), shown.length - 1)]
    if (next) reveal(next.id)
  }
  /** What a key is pressed for, and the one after it: when the task goes away, the next is current. */
  const onCurrent = (act: (task: Task) => unknown, goesAway = false) => {
    const at = shown.findIndex(({ id }) => id === current)
    const task = shown[at]
    if (!task) return
    act(task)
    const next = shown[at + 1] ?? shown[at - 1]
    if (goesAway && next) reveal(next.id)
  }
  const close = () => void navigate({ search: (now) => ({ ...now, task: undefined }) })
  useKeys([
    ['n', () => quickAdd.current?.focus()],
    ['/', () => search.current?.focus()],
    ['?', () => setShowsKeys(true)],
    ['j', () => move(1)],
    ['k', () => move(-1)],
    ['x', () => onCurrent((task) => toggleTask(task), true)],
    ['e', () => onCurrent(({ id }) => setEditing(id))],
    ['s', () => onCurrent(({ id }) => actions.select(id))],
    ['t', () => onCurrent((task) => reschedule([task], dateOf('Today', todayIn(zone)), 'today', zone))],
    ['#', () => onCurrent((task) => deleteTask(task), true)],
    ['Escape', () => (selected.size > 0 ? setSelected(new Set()) : close())],
  ])

  const selectedTasks = useMemo(
    () => (selected.size === 0 ? [] : tasks.filter(({ id }) => selected.has(id))),
    [tasks, selected],
  )
  const tryLine = (example: string) => {
    setLine(example)
    quickAdd.current?.focus()
  }
  const openTasks = tasks.some(({ is_completed }) => !is_completed)
  return (
    <>
      <Page
        title="Tasks"
        actions={
          <Button look="quiet" isIcon aria-label="Keyboard shortcuts" onClick={() => setShowsKeys(true)}>
            <Keyboard size={18} aria-hidden />
          </Button>
        }
      >
        <QuickAdd text={line} setText={setLine} input={quickAdd} onAdded={({ id }) => setCurrent((now) => now ?? id)} />
        <FilterBar filter={filter} input={search} />
        {filter.q !== undefined ? (
          <SearchResults filter={filter} zone={zone} locale={locale} now={now} onOpen={actions.open} />
        ) : (
          <>
            {typeof loaded === 'object' && <p className="text-danger">{describeError(loaded.error)}</p>}
            {loaded === 'nothing' && <Waiting />}
            {rows.length > 0 && (
              <TaskList
                rows={rows}
                current={current}
                revealed={revealed}
                selected={selected}
                editing={editing}
                zone={zone}
                locale={locale}
                now={now}
                actions={actions}
                onToggleGroup={(group) => setClosed((now) => new Set(now).symmetricDifference(new Set([group])))}
                onMore={done.more}
              />
            )}
            {loaded === 'all' && !openTasks && !isFiltered(filter) && <NoTasks onExample={tryLine} />}
            {loaded === 'all' && shown.length === 0 && isFiltered(filter) && !done.isReading && (
              <NoMatch onClear={() => void navigate({ search: {} })} />
            )}
          </>
        )}
      </Page>
      <DropBar zone={zone} />
      <Suspense>
        {selected.size > 0 && (
          <BulkBar
            tasks={selectedTasks}
            zone={zone}
            onAll={() => setSelected(new Set(shown.map(({ id }) => id)))}
            onClear={() => setSelected(new Set())}
          />
        )}
        {filter.task !== undefined && <TaskPanel id={filter.task} onClose={close} />}
        {showsKeys && <ShortcutsDialog onClose={() => setShowsKeys(false)} />}
      </Suspense>
    </>
  )
}

/** The first tasks come in a moment. */
const Waiting = () => (
  <div role="status" className="flex flex-col gap-3 pt-4">
    <span className="sr-only">Reading your tasks</span>
    {[0, 1, 2].map((line) => (
      <div key={line} className="h-10 animate-pulse rounded-xl bg-sunken" />
    ))}
  </div>
)
