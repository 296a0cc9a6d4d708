import { useNavigate, useSearch } from '@tanstack/react-router'
import { Keyboard } from 'lucide-react'
import { lazy, Suspense, useMemo, useRef, useState } from 'react'
import { useAccount } from '../account/use-account.ts'
import { Button } from '../components/button.tsx'
import { Page } from '../components/page.tsx'
import { useNow } from '../time/use-now.ts'
import { todayIn } from '../time/zone.ts'
import { deleteTask, toggleTask } from './changes.ts'
import { DropBar } from './drop-bar.tsx'
import { FilterBar } from './filter-bar.tsx'
import { GroupedTasks } from './grouped-tasks.tsx'
import { QuickAdd } from './quick-add.tsx'
import { dateOf, reschedule } from './reschedule.ts'
import { SearchResults } from './search-results.tsx'
import type { RowActions } from './task-row.tsx'
import { useCursor } from './use-cursor.ts'
import { useKeys } from './use-keys.ts'
import { useRows } from './use-rows.ts'
import { useSelection } from './use-selection.ts'

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
  const { rows, shown, isReading, more, toggleGroup } = useRows(filter, zone, now)
  const { current, revealed, setCurrent, move, onCurrent } = useCursor(shown)
  const selection = useSelection()
  const [editing, setEditing] = useState<string>()
  const [line, setLine] = useState('')
  const [showsKeys, setShowsKeys] = useState(false)
  const quickAdd = useRef<HTMLInputElement>(null)
  const search = useRef<HTMLInputElement>(null)

  const { toggle } = selection
  const actions = useMemo<RowActions>(
    () => ({
      open: (id) => void navigate({ search: (now) => ({ ...now, task: id }) }),
      edit: setEditing,
      focus: setCurrent,
      select: toggle,
    }),
    [navigate, setCurrent, toggle],
  )
  const close = () => void navigate({ search: (now) => ({ ...now, task: undefined }) })
  useKeys([
    ['n', () => quickAdd.current?.focus()],
    ['/', () => search.current?.focus()],
    ['?', () => setShowsKeys(true)],
    ['j', () => move(1)],
    ['k', () => move(-1)],
    ['x', () => onCurrent(toggleTask, { goesAway: true })],
    ['e', () => onCurrent(({ id }) => setEditing(id))],
    ['s', () => onCurrent(({ id }) => toggle(id))],
    ['t', () => onCurrent((task) => reschedule([task], dateOf('Today', todayIn(zone)), 'today', zone))],
    ['#', () => onCurrent((task) => deleteTask(task), { goesAway: true })],
    ['Escape', () => (selection.ids.size > 0 ? selection.clear() : close())],
  ])

  const shared = { zone, locale, now }
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
        <QuickAdd
          text={line}
          setText={setLine}
          input={quickAdd}
          onAdded={({ id }) => setCurrent((before) => before ?? id)}
        />
        <FilterBar filter={filter} input={search} />
        {filter.q !== undefined ? (
          <SearchResults filter={filter} onOpen={actions.open} {...shared} />
        ) : (
          <GroupedTasks
            filter={filter}
            rows={rows}
            isReading={isReading}
            current={current}
            revealed={revealed}
            selected={selection.ids}
            editing={editing}
            actions={actions}
            onToggleGroup={toggleGroup}
            onMore={more}
            onExample={(example) => {
              setLine(example)
              quickAdd.current?.focus()
            }}
            onClearFilter={() => void navigate({ search: {} })}
            {...shared}
          />
        )}
      </Page>
      <DropBar zone={zone} />
      <Suspense>
        {selection.ids.size > 0 && (
          <BulkBar
            tasks={selection.tasks}
            zone={zone}
            onAll={() => selection.select(shown)}
            onClear={selection.clear}
          />
        )}
        {filter.task !== undefined && <TaskPanel id={filter.task} onClose={close} />}
        {showsKeys && <ShortcutsDialog onClose={() => setShowsKeys(false)} />}
      </Suspense>
    </>
  )
}
