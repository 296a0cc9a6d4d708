import { CalendarClock } from 'lucide-react'
import type { ReactNode } from 'react'
import { useAccount } from '../account/use-account.ts'
import { api, bodyOf } from '../api/api.ts'
import type { Schedule } from '../api/openapi.d.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { useNow } from '../time/use-now.ts'
import { IdText } from './id-text.tsx'
import { OperationsPage } from './operations-page.tsx'
import { Part } from './part.tsx'
import { StateMark } from './state-mark.tsx'
import { Row, Table } from './table.tsx'
import { useReadings } from './use-readings.ts'
import { writeDistance, writeInstant, writeSpan } from './write.ts'

const readSchedule = (signal: AbortSignal) => bodyOf(api.GET('/admin/schedules', { signal }))

/** What fires next. Ids and times: what a task says is its owner's. */
export const SchedulesPage = () => {
  const { latest, error, measuredAt } = useReadings(['schedules'], readSchedule, { every: 5_000 })
  const { time_zone: zone } = useAccount()
  const now = useNow(1_000)
  const when = (at: string) => (
    <span key={at} className="whitespace-nowrap">
      {writeDistance(at, now)} <span className="text-muted">{writeInstant(at, zone)}</span>
    </span>
  )
  return (
    <OperationsPage
      title="Schedules"
      about={`The next 50 reminders and recurring tasks of all users. Times are those of ${zone}.`}
      error={error}
      measuredAt={measuredAt}
      unreachable={latest?.unreachable ?? []}
    >
      {latest && (
        <>
          <Part title="Reminders">
            <OrEmpty
              count={latest.reminders.length}
              title="No reminder is pending"
              text="A task with a due date and a reminder puts one here, such as “Call the bank tomorrow at 15:00 remind 1h before”."
            >
              <Table label="Reminders" head={['Fires', 'State', 'Type', 'Reminder', 'Task', 'User']}>
                {latest.reminders.map(({ reminder_id, task_id, user_id, type, at, state }) => (
                  <Row
                    key={reminder_id}
                    cells={[
                      when(at),
                      <StateMark key="state" state={state} />,
                      type,
                      ...ids(reminder_id, task_id, user_id),
                    ]}
                  />
                ))}
              </Table>
            </OrEmpty>
          </Part>
          <Part
            title="Recurring tasks"
            about="Those made on schedule; the others follow the completion of the one before."
          >
            <OrEmpty
              count={latest.series.length}
              title="No recurring task is scheduled"
              text="One that is made on its date, whether the last was completed or not, is created under Recurring."
            >
              <Table
                label="Recurring tasks"
                head={['Made', 'State', 'Due', 'Rule', 'Occurrence', 'Recurring task', 'User']}
              >
                {latest.series.map(({ series_id, user_id, rule, interval, occurrence, due_date, at, state }) => (
                  <Row
                    key={series_id}
                    cells={[
                      when(at),
                      <StateMark key="state" state={state} />,
                      due_date ? writeInstant(due_date, zone) : '–',
                      <code key="rule">{interval > 1 ? `${rule}, every ${interval}` : rule}</code>,
                      occurrence,
                      ...ids(series_id, user_id),
                    ]}
                  />
                ))}
              </Table>
            </OrEmpty>
          </Part>
          <Part title="Fired last" about={inShort(latest.last_fired)}>
            <OrEmpty
              count={latest.last_fired.length}
              title="No reminder has fired yet"
              text="Here it is told how late the last twenty were."
            >
              <Table label="Fired last" head={['Fired', 'Was due', 'Late', 'Reminder', 'Task', 'User']}>
                {latest.last_fired.map(({ reminder_id, task_id, user_id, at, fired_at, late_ms }) => (
                  <Row
                    key={`${reminder_id} ${fired_at}`}
                    cells={[
                      when(fired_at),
                      writeInstant(at, zone),
                      writeSpan(late_ms),
                      ...ids(reminder_id, task_id, user_id),
                    ]}
                  />
                ))}
              </Table>
            </OrEmpty>
          </Part>
        </>
      )}
    </OperationsPage>
  )
}

const ids = (...each: (string | null)[]) => each.map((id) => <IdText key={id} id={id} />)

const inShort = (fired: Schedule['last_fired']) =>
  fired.length > 0 && `At most ${writeSpan(Math.max(...fired.map(({ late_ms }) => late_ms)))} late.`

const OrEmpty = ({
  count,
  title,
  text,
  children,
}: {
  count: number
  title: string
  text: string
  children: ReactNode
}) =>
  count > 0 ? (
    children
  ) : (
    <div className="card">
      <EmptyState icon={<CalendarClock size={22} />} title={title}>
        {text}
      </EmptyState>
    </div>
  )
