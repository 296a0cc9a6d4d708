import { useNavigate, useSearch } from '@tanstack/react-router'
import { CalendarCheck } from 'lucide-react'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useAccount } from '../account/use-account.ts'
import { Button } from '../components/button.tsx'
import { EmptyState } from '../components/empty-state.tsx'
import { Page } from '../components/page.tsx'
import { groupTasks } from '../tasks/group-tasks.ts'
import { useTasks } from '../tasks/task-store.ts'
import { useNow } from '../time/use-now.ts'
import { addDays, instantOf, todayIn } from '../time/zone.ts'
import { DayList } from './day-list.tsx'
import { useSpan } from './use-span.ts'

const TaskPanel = lazy(() => import('../tasks/task-panel.tsx').then(({ TaskPanel }) => ({ default: TaskPanel })))

const step = 14
/** The list has the rest. */
const maxLate = 50

/**
 * What is overdue, then the next days, one below the other. Today is always shown; other days when something is due.
 */
export const AgendaPage = () => {
  const { task } = useSearch({ from: '/app/agenda' })
  const navigate = useNavigate({ from: '/agenda' })
  const { time_zone: zone, locale } = useAccount()
  const [length, setLength] = useState(step)
  const today = todayIn(zone, useNow())
  const days = useSpan(today, addDays(today, length), zone)
  const dates = Array.from({ length }, (_, index) => addDays(today, index))
  const tasks = useTasks()
  const late = useMemo(() => groupTasks(tasks, zone, instantOf(today, zone)).overdue, [tasks, zone, today])
  const open = (id: string) => void navigate({ search: { task: id } })
  const shown = dates.filter((date) => date === today || days.has(date))
  return (
    <Page title="Agenda">
      {days.size === 0 && late.length === 0 && (
        <EmptyState icon={<CalendarCheck size={22} />} title="Nothing is due">
          The next {length} days are free. Tasks with a due date show up here, day by day, and so do the next dates of
          what repeats.
        </EmptyState>
      )}
      {(days.size > 0 || late.length > 0) && (
        <div className="flex flex-col gap-7">
          {late.length > 0 && (
            <DayList
              title="Overdue"
              date={today}
              day={{ tasks: late.slice(0, maxLate), planned: [] }}
              today={today}
              zone={zone}
              locale={locale}
              onOpen={open}
            />
          )}
          {shown.map((date) => (
            <DayList
              key={date}
              date={date}
              day={days.get(date)}
              today={today}
              zone={zone}
              locale={locale}
              onOpen={open}
            />
          ))}
        </div>
      )}
      <div>
        <Button onClick={() => setLength((now) => now + step)}>Two more weeks</Button>
      </div>
      <Suspense>{task !== undefined && <TaskPanel id={task} onClose={() => void navigate({ search: {} })} />}</Suspense>
    </Page>
  )
}
