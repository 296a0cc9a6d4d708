import { useQuery } from '@tanstack/react-query'
import { ChevronDown, Ellipsis, Pause, Pencil, Play, SkipForward, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { api, bodyOf } from '../api/api.ts'
import type { RecurringTask } from '../api/openapi.d.ts'
import { Button } from '../components/button.tsx'
import { Menu, MenuItem } from '../components/menu.tsx'
import { writeDay, writeMoment } from '../time/format.ts'
import { localAt, todayIn } from '../time/zone.ts'
import { deleteRecurring, pauseRecurring, resumeRecurring, skipRecurring } from './change-recurring.ts'
import { remarkOnClocks } from './clock-remarks.ts'
import { OccurrenceList } from './occurrence-list.tsx'

/** A recurring task: its rule as a sentence, its next date, and its actions. */
export const RecurringItem = ({
  recurring,
  zone,
  locale,
  onEdit,
}: {
  recurring: RecurringTask
  zone: string
  locale: string
  onEdit: () => void
}) => {
  const [isOpen, setOpen] = useState(false)
  const { title, schedule, next_occurrence: next, is_active } = recurring
  const nextInWords = () =>
    recurring.start_on === null
      ? writeMoment(next!, zone, locale)
      : writeDay(localAt(next!, recurring.time_zone).slice(0, 10), todayIn(zone), locale)
  const state = is_active ? (next ? `Next ${nextInWords()}` : 'Has ended') : 'Paused'
  return (
    <li className="card px-4 py-3">
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <h2 className={`truncate font-medium ${is_active ? '' : 'text-muted'}`}>{title}</h2>
          <p className="text-sm text-muted">{schedule}</p>
          <button
            type="button"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
            className="mt-1 flex min-h-8 items-center gap-1 rounded-lg text-left text-sm font-medium text-accent"
          >
            {state}
            <ChevronDown size={14} aria-hidden className={`transition-transform ${isOpen ? 'rotate-180' : ''}`} />
          </button>
        </div>
        <Button look="quiet" onClick={() => void (is_active ? pauseRecurring : resumeRecurring)(recurring)}>
          {is_active ? <Pause size={16} aria-hidden /> : <Play size={16} aria-hidden />}
          {is_active ? 'Pause' : 'Resume'}
        </Button>
        <Menu
          trigger={
            <Button look="quiet" isIcon aria-label={`More for ${title}`}>
              <Ellipsis size={18} aria-hidden />
            </Button>
          }
        >
          <MenuItem onClick={onEdit} icon={<Pencil size={16} aria-hidden />}>
            Change
          </MenuItem>
          {is_active && next && (
            <MenuItem onClick={() => void skipRecurring(recurring, next)} icon={<SkipForward size={16} aria-hidden />}>
              Skip the next date
            </MenuItem>
          )}
          <MenuItem
            onClick={() => void deleteRecurring(recurring, 'keep')}
            icon={<Trash2 size={16} aria-hidden />}
            isDanger
          >
            Delete, keep its open tasks
          </MenuItem>
          <MenuItem
            onClick={() => void deleteRecurring(recurring, 'delete')}
            icon={<Trash2 size={16} aria-hidden />}
            isDanger
          >
            Delete with its open tasks
          </MenuItem>
        </Menu>
      </div>
      {isOpen && <Upcoming id={recurring.id} locale={locale} />}
    </li>
  )
}

/** The dates that come next, and what clock changes do to them. */
const Upcoming = ({ id, locale }: { id: string; locale: string }) => {
  const { data } = useQuery({
    queryKey: ['recurring', id],
    queryFn: ({ signal }) => bodyOf(api.GET('/recurring-tasks/{id}', { params: { path: { id } }, signal })),
  })
  if (!data) return null
  const usual = /BYHOUR|BYMINUTE|HOURLY|MINUTELY|SECONDLY/.test(data.rule) ? undefined : data.start_date.slice(11, 16)
  const isAllDay = data.start_on !== null
  const days = data.upcoming.map(({ local, utc }) => ({ local: local.slice(0, 10), utc }))
  return (
    <div className="mt-2 rounded-xl bg-sunken px-4 pt-2 pb-3">
      <OccurrenceList
        occurrences={isAllDay ? days : data.upcoming}
        remarks={isAllDay ? [] : remarkOnClocks(data.upcoming, data.time_zone, usual)}
        locale={locale}
      />
    </div>
  )
}
