import { useVirtualizer } from '@tanstack/react-virtual'
import { ChevronRight } from 'lucide-react'
import { useLayoutEffect, useRef, useState } from 'react'
import type { Task } from '../api/openapi.d.ts'
import { Button } from '../components/button.tsx'
import { mainId } from '../layout/places.ts'
import { type GroupName, groupTitles } from './group-tasks.ts'
import { type RowActions, rowId, TaskRow } from './task-row.tsx'

export type Row =
  | { kind: 'heading'; group: GroupName; count: number | undefined; isOpen: boolean }
  | { kind: 'task'; task: Task }
  | { kind: 'more' }

export interface TaskListProperties {
  rows: Row[]
  current: string | undefined
  /** The task that a key moved to: it is scrolled into view and focused. */
  revealed: { id: string } | undefined
  selected: ReadonlySet<string>
  editing: string | undefined
  zone: string
  locale: string
  now: number
  actions: RowActions
  onToggleGroup: (group: GroupName) => void
  onMore: () => void
}

const keyOf = (row: Row): string => {
  if (row.kind === 'task') return row.task.id
  return row.kind === 'heading' ? row.group : 'more'
}

/** The tasks in their groups. Only visible rows are in the document, however many there are. */
export const TaskList = ({
  rows,
  current,
  revealed,
  selected,
  editing,
  onToggleGroup,
  onMore,
  ...shared
}: TaskListProperties) => {
  const list = useRef<HTMLUListElement>(null)
  const [top, setTop] = useState(0)
  useLayoutEffect(() => setTop(list.current?.offsetTop ?? 0))

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => document.getElementById(mainId),
    estimateSize: (index) => (rows[index]?.kind === 'task' ? 60 : 52),
    getItemKey: (index) => keyOf(rows[index]!),
    scrollMargin: top,
    overscan: 8,
    scrollPaddingStart: 16,
    scrollPaddingEnd: 16,
  })

  const shownFor = useRef(revealed)
  useLayoutEffect(() => {
    if (revealed === undefined || revealed === shownFor.current) return
    shownFor.current = revealed
    const index = rows.findIndex((row) => row.kind === 'task' && row.task.id === revealed.id)
    if (index < 0) return
    virtual.scrollToIndex(index, { align: 'auto' })
    let attempts = 10
    const focus = () => {
      const row = document.getElementById(rowId(revealed.id))
      if (row) row.focus({ preventScroll: true })
      else if (attempts-- > 0) requestAnimationFrame(focus)
    }
    focus()
  }, [revealed, rows, virtual])

  return (
    <ul ref={list} className="relative" style={{ height: virtual.getTotalSize() }} aria-label="Tasks">
      {virtual.getVirtualItems().map(({ index, key, start }) => {
        const row = rows[index]!
        return (
          <li
            key={key}
            ref={virtual.measureElement}
            data-index={index}
            aria-setsize={rows.length}
            aria-posinset={index + 1}
            className="absolute inset-x-0 top-0"
            style={{ transform: `translateY(${start - top}px)` }}
          >
            {row.kind === 'task' && (
              <TaskRow
                task={row.task}
                isCurrent={row.task.id === current}
                isSelected={selected.has(row.task.id)}
                isSelecting={selected.size > 0}
                isEditing={row.task.id === editing}
                {...shared}
              />
            )}
            {row.kind === 'heading' && <GroupHeading {...row} onToggle={() => onToggleGroup(row.group)} />}
            {row.kind === 'more' && (
              <div className="p-2">
                <Button onClick={onMore}>Show more</Button>
              </div>
            )}
          </li>
        )
      })}
    </ul>
  )
}

const GroupHeading = ({
  group,
  count,
  isOpen,
  onToggle,
}: {
  group: GroupName
  count: number | undefined
  isOpen: boolean
  onToggle: () => void
}) => (
  <h2 className="pt-4 pb-1">
    <button
      type="button"
      aria-expanded={isOpen}
      onClick={onToggle}
      className="flex min-h-8 items-center gap-2 rounded-lg pr-3 pl-1 text-sm font-semibold hover:bg-sunken"
    >
      <ChevronRight size={16} aria-hidden className={`text-muted transition-transform ${isOpen ? 'rotate-90' : ''}`} />
      <span className={group === 'overdue' ? 'text-danger' : ''}>{groupTitles[group]}</span>
      {count !== undefined && <span className="font-normal text-muted tabular-nums">{count}</span>}
    </button>
  </h2>
)
