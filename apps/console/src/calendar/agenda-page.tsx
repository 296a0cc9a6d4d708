import { useNavigate, useSearch } from '@tanstack/react-router'
import { CalendarCheck } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useAccount } from '../account/use-account.ts'
import { Button } from '../components/button.tsx'
import { EmptyState } from '../components/empty-state.tsx'
import { Page } from '../components/page.tsx'
import { useNow } from '../time/use-now.ts'
import { addDays, todayIn } from '../time/zone.ts'
import { DayList } from './day-list.tsx'
import { useSpan } from './use-span.ts'

const TaskPanel = lazy(() => import('../tasks/task-panel.tsx').then(({ TaskPanel }) => ({ default: TaskPanel })))

const step = 14

/** The days to come, one below the other. Today is always there; other days when something is due. */
export const AgendaPage = () => {
  const { task } = useSearch({ from: '/app/agenda' })
  const navigate = useNavigate({ from: '/agenda' })
  const { time_zone: zone, locale } = useAccount()
  const [length, setLength] = useState(step)
  const today = todayIn(zone, useNow())
  const days = useSpan(today, addDays(today, length), zone)
  const dates = Array.from({ length }, (_, index) => addDays(today, index))
  const shown = dates.filter((date) => date === today || days.has(date))
  return (
    <Page title="Agenda">
      {days.size === 0 && (
        <EmptyState icon={<CalendarCheck size={22} />} title="Nothing is due">
          The next {length} days are free. Tasks with a due date show up here, day by day, and so do the next dates of
          what repeats.
        </EmptyState>
      )}
      {days.size > 0 && (
        <div className="flex flex-col gap-7">
          {shown.map((date) => (
            <DayList
              key={date}
              date={date}
              day={days.get(date)}
              today={today}
              zone={zone}
              locale={locale}
              onOpen={(id) => void navigate({ search: { task: id } })}
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
