import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Pause, Play, Radio, Send } from 'lucide-react'
import { useState } from 'react'
import { useAccount } from '../../account/use-account.ts'
import { api, bodyOf } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { IdText } from '../id-text.tsx'
import { OperationsPage, Trouble } from '../operations-page.tsx'
import { Row, Table } from '../table.tsx'
import { plural, writeExactly } from '../write.ts'
import { EventFilters } from './event-filters.tsx'
import { type EventFilter, isWhole } from './filter.ts'
import { TestEventDialog } from './test-event-dialog.tsx'
import { type Tail, useTail } from './use-tail.ts'
import { useVisible } from './use-visible.ts'

/** The events of all users as they happen. */
export const EventsPage = () => {
  const filter = useSearch({ from: '/app/operations/events' })
  const navigate = useNavigate({ from: '/operations/events' })
  const narrow = (change: EventFilter) => void navigate({ search: (now) => ({ ...now, ...change }), replace: true })
  const [isPaused, pause] = useState(false)
  const [isTesting, test] = useState(false)
  const isVisible = useVisible()
  const tail = useTail(filter, !isPaused && isVisible && isWhole(filter))
  const { data: mesh } = useQuery({
    queryKey: ['operations', 'catalogue'],
    queryFn: () => bodyOf(api.GET('/admin/mesh')),
  })
  const { time_zone: zone } = useAccount()
  return (
    <OperationsPage
      title="Events"
      about="Of all users, as the audit log takes them down, up to a second late. An event's own page tells its whole story; older ones are under Audit."
      actions={
        <>
          <Button onClick={() => pause(!isPaused)}>
            {isPaused ? <Play size={16} aria-hidden /> : <Pause size={16} aria-hidden />}
            {isPaused ? 'Go on' : 'Pause'}
          </Button>
          <Button look="primary" onClick={() => test(true)}>
            <Send size={16} aria-hidden /> Test event
          </Button>
        </>
      }
    >
      <EventFilters filter={filter} topics={mesh?.topics ?? []} narrow={narrow} />
      {tail.trouble && <Trouble>{tail.trouble}</Trouble>}
      <p className="text-sm text-muted">
        {isWhole(filter)
          ? describe(tail, isPaused)
          : 'The ids of a user and of a task are asked for when they are whole.'}
      </p>
      {tail.records.length === 0 && tail.isRead && (
        <EmptyState icon={<Radio size={22} />} title="No event yet">
          Whatever anybody changes shows up here. To see one now, publish a test event: it is about nothing and goes the
          way of all others.
        </EmptyState>
      )}
      {tail.records.length > 0 && (
        <Table label="Events" head={['Time', 'Type', 'Topic', 'Subject', 'User', 'From']}>
          {tail.records.map(({ sequence, event_id, time, type, topic, subject, user_id, source }) => (
            <Row
              key={sequence}
              cells={[
                <time key="time" dateTime={time} className="whitespace-nowrap">
                  {writeExactly(time, zone)}
                </time>,
                <Link
                  key="type"
                  to="/operations/events/$id"
                  params={{ id: event_id }}
                  className="font-medium whitespace-nowrap text-accent underline-offset-4 hover:underline"
                >
                  {type}
                </Link>,
                <span key="topic" className="whitespace-nowrap">
                  {topic ?? '–'}
                </span>,
                <IdText key="subject" id={subject} />,
                <IdText key="user" id={user_id} />,
                <span key="source" className="whitespace-nowrap text-muted">
                  {source.replace('/taskflow/', '')}
                </span>,
              ]}
            />
          ))}
        </Table>
      )}
      {isTesting && <TestEventDialog onClose={() => test(false)} />}
    </OperationsPage>
  )
}

const describe = ({ state, records, isRead, skipped }: Tail, isPaused: boolean): string => {
  const missed = skipped > 0 ? ` ${plural(skipped, 'event')} came too quickly to be shown.` : ''
  if (isPaused) return `Paused.${missed}`
  if (state === 'connecting') return 'Connecting …'
  if (state === 'waiting') return `Not connected; it is tried again.${missed}`
  if (records.length === 0 && !isRead) return 'Asking for the newest …'
  return `Live. ${plural(records.length, 'event')} shown.${missed}`
}
