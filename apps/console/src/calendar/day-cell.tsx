import { Repeat } from 'lucide-react'
import { dropTarget, startDragging, stopDragging } from '../tasks/dragging.ts'
import { reschedule } from '../tasks/reschedule.ts'
import { writeLongDay, writeTime } from '../time/format.ts'
import { localAt } from '../time/zone.ts'
import type { Day } from './use-span.ts'

const maxShown = 3

/** A day of the month: its tasks, or on a small screen how many there are. */
export const DayCell = ({
  date,
  day,
  isToday,
  isOutside,
  isChosen,
  zone,
  locale,
  onChoose,
  onOpen,
}: {
  date: string
  day: Day | undefined
  isToday: boolean
  isOutside: boolean
  isChosen: boolean
  zone: string
  locale: string
  onChoose: () => void
  onOpen: (id: string) => void
}) => {
  const tasks = day?.tasks ?? []
  const planned = day?.planned ?? []
  const count = tasks.length + planned.length
  const number = Number(date.slice(8))
  const mark = isToday ? 'bg-accent text-on-accent' : isOutside ? 'text-muted' : ''
  return (
    <td
      data-date={date}
      {...dropTarget((task) => reschedule([task], date, writeLongDay(date, locale), zone))}
      className={`h-14 border-t border-line p-1 align-top not-first:border-l data-over:bg-accent-soft md:h-28 ${isOutside ? 'bg-canvas' : ''}`}
    >
      <button
        type="button"
        aria-pressed={isChosen}
        onClick={onChoose}
        className={`flex w-full flex-col items-center rounded-lg py-1 text-sm md:hidden ${isChosen ? 'bg-accent-soft' : ''}`}
      >
        <span className="sr-only">
          {writeLongDay(date, locale)}, {count} {count === 1 ? 'task' : 'tasks'}
        </span>
        <span aria-hidden className={`grid size-7 place-items-center rounded-full ${mark}`}>
          {number}
        </span>
        <span aria-hidden className={`mt-0.5 size-1.5 rounded-full ${count > 0 ? 'bg-accent' : ''}`} />
      </button>
      <div className="max-md:hidden">
        <time dateTime={date} className={`mb-0.5 grid size-7 place-items-center rounded-full text-sm ${mark}`}>
          <span aria-hidden>{number}</span>
          <span className="sr-only">{writeLongDay(date, locale)}</span>
        </time>
        <ul className="flex flex-col gap-0.5">
          {tasks.slice(0, maxShown).map((task) => (
            <li
              key={task.id}
              draggable={!task.is_completed}
              onDragStart={(event) => startDragging(event, task)}
              onDragEnd={stopDragging}
            >
              <button
                type="button"
                onClick={() => onOpen(task.id)}
                className={`flex min-h-6 w-full items-center gap-1.5 rounded-md px-1.5 text-left text-xs hover:bg-sunken ${task.is_completed ? 'text-muted line-through' : 'bg-accent-soft text-accent'}`}
              >
                {task.due_date !== null && (
                  <span className="shrink-0 tabular-nums">{writeTime(localAt(task.due_date, zone), locale)}</span>
                )}
                <span className="truncate">{task.title}</span>
              </button>
            </li>
          ))}
          {planned.slice(0, Math.max(0, maxShown - tasks.length)).map(({ id, title }) => (
            <li key={id} className="flex min-h-6 items-center gap-1.5 px-1.5 text-xs text-muted">
              <Repeat size={11} aria-hidden className="shrink-0" />
              <span className="truncate">{title}</span>
            </li>
          ))}
          {count > maxShown && <li className="px-1.5 text-xs text-muted">{count - maxShown} more</li>}
        </ul>
      </div>
    </td>
  )
}
