import { useNavigate, useSearch } from '@tanstack/react-router'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useAccount } from '../account/use-account.ts'
import { Button } from '../components/button.tsx'
import { firstDayOfWeek, weekdayNames, weeksOfMonth, writeMonth } from '../time/format.ts'
import { useNow } from '../time/use-now.ts'
import { addDays, todayIn } from '../time/zone.ts'
import { DayCell } from './day-cell.tsx'
import { DayList } from './day-list.tsx'
import { useSpan } from './use-span.ts'

const TaskPanel = lazy(() => import('../tasks/task-panel.tsx').then(({ TaskPanel }) => ({ default: TaskPanel })))

const monthFrom = (month: string, by: number): string => {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7)
}

/** A month with its tasks. A task is moved by dragging it to another day, or in its panel. */
export const CalendarPage = () => {
  const { month: chosenMonth, task } = useSearch({ from: '/app/calendar' })
  const navigate = useNavigate({ from: '/calendar' })
  const { time_zone: zone, locale } = useAccount()
  const today = todayIn(zone, useNow())
  const month = chosenMonth ?? today.slice(0, 7)
  const [chosen, choose] = useState(today)
  const firstDay = firstDayOfWeek(locale)
  const weeks = weeksOfMonth(month, firstDay)
  const days = useSpan(weeks[0]![0]!, addDays(weeks.at(-1)![6]!, 1), zone)
  const go = (to: string) => void navigate({ search: (now) => ({ ...now, month: to }) })
  const open = (id: string) => void navigate({ search: (now) => ({ ...now, task: id }) })
  const names = weekdayNames(firstDay, locale)
  const longNames = weekdayNames(firstDay, locale, 'long')
  return (
    <div className="mx-auto flex w-full max-w-6xl flex-col gap-4 px-2 py-6 md:px-8 md:py-10">
      <title>Calendar · TaskFlow</title>
      <div className="flex flex-wrap items-center justify-between gap-2 px-2">
        <h1 className="text-2xl font-semibold tracking-tight">{writeMonth(month, locale)}</h1>
        <div className="flex gap-1">
          <Button look="quiet" isIcon aria-label="Previous month" onClick={() => go(monthFrom(month, -1))}>
            <ChevronLeft size={18} aria-hidden />
          </Button>
          <Button look="quiet" onClick={() => go(today.slice(0, 7))}>
            Today
          </Button>
          <Button look="quiet" isIcon aria-label="Next month" onClick={() => go(monthFrom(month, 1))}>
            <ChevronRight size={18} aria-hidden />
          </Button>
        </div>
      </div>
      <table className="w-full table-fixed border-separate border-spacing-0 overflow-hidden rounded-2xl border border-line bg-surface">
        <caption className="sr-only">{writeMonth(month, locale)}</caption>
        <thead>
          <tr>
            {names.map((name, index) => (
              <th key={name} scope="col" abbr={longNames[index]} className="py-2 text-xs font-medium text-muted">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((date) => (
                <DayCell
                  key={date}
                  date={date}
                  day={days.get(date)}
                  isToday={date === today}
                  isOutside={!date.startsWith(month)}
                  isChosen={date === chosen}
                  zone={zone}
                  locale={locale}
                  onChoose={() => choose(date)}
                  onOpen={open}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <div className="px-2 md:hidden">
        <DayList date={chosen} day={days.get(chosen)} today={today} zone={zone} locale={locale} onOpen={open} />
      </div>
      <Suspense>
        {task !== undefined && (
          <TaskPanel id={task} onClose={() => void navigate({ search: (now) => ({ ...now, task: undefined }) })} />
        )}
      </Suspense>
    </div>
  )
}
