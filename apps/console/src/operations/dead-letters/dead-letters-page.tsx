import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { MailCheck } from 'lucide-react'
import { useState } from 'react'
import { useAccount } from '../../account/use-account.ts'
import { api, bodyOf } from '../../api/api.ts'
import type { QueryOf } from '../../api/send.ts'
import { Button } from '../../components/button.tsx'
import { Check } from '../../components/check.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { useNow } from '../../time/use-now.ts'
import { Choice } from '../events/event-filters.tsx'
import { OperationsPage } from '../operations-page.tsx'
import { StateMark } from '../state-mark.tsx'
import { Row, Table } from '../table.tsx'
import { useReadings } from '../use-readings.ts'
import { plural, writeDistance, writeInstant } from '../write.ts'
import { ConfirmRedrive } from './confirm-redrive.tsx'
import { MatchingDialog } from './matching-dialog.tsx'

const maxShown = 500
const states = ['deferred', 'parked']
const services = ['chat-api', 'recurring-processor', 'reminder-service', 'notification-service', 'audit-logger']

/**
 * Events that consumers could not handle. Deferred ones are tried again automatically, parked ones wait for a decision.
 */
export const DeadLettersPage = () => {
  const filter = useSearch({ from: '/app/operations/dead-letters' })
  const navigate = useNavigate({ from: '/operations/dead-letters' })
  const { time_zone: zone } = useAccount()
  const now = useNow(1_000)
  const query = { ...(filter as QueryOf<'/admin/dead-letters'>), limit: maxShown }
  const { latest, error, measuredAt } = useReadings(['dead-letters', query], (signal) =>
    bodyOf(api.GET('/admin/dead-letters', { params: { query }, signal })),
  )
  const [selected, select] = useState<ReadonlySet<string>>(new Set())
  const [isConfirming, setConfirming] = useState(false)
  const [isMatching, setMatching] = useState(false)
  const letters = latest?.data ?? []
  const parked = letters.filter(({ state }) => state === 'parked').map(({ id }) => id)
  const chosen = parked.filter((id) => selected.has(id))
  const areAll = chosen.length > 0 && chosen.length === parked.length
  const toggle = (id: string) => {
    const next = new Set(selected)
    if (!next.delete(id)) next.add(id)
    select(next)
  }
  return (
    <OperationsPage
      title="Dead letters"
      about="Events that a service could not handle. Deferred ones are tried again by themselves, parked ones wait for you."
      error={error}
      measuredAt={measuredAt}
      unreachable={latest?.unreachable ?? []}
    >
      <div className="flex flex-wrap items-end gap-3">
        <Choice
          label="Service"
          value={filter.service}
          values={services}
          onChange={(service) => void navigate({ search: (before) => ({ ...before, service }) })}
        />
        <Choice
          label="State"
          value={filter.state}
          values={states}
          onChange={(state) => void navigate({ search: (before) => ({ ...before, state }) })}
        />
        <Button look="primary" className="min-h-10" disabled={chosen.length === 0} onClick={() => setConfirming(true)}>
          {chosen.length === 0 ? 'Redrive selected' : `Redrive ${plural(chosen.length, 'event')}`}
        </Button>
        <Button className="min-h-10" disabled={letters.length === 0} onClick={() => setMatching(true)}>
          All that match …
        </Button>
      </div>
      {latest && letters.length === 0 && (
        <EmptyState icon={<MailCheck size={22} />} title="Nothing is held back">
          Every event was handled. To see what happens otherwise, publish an unreadable test event under{' '}
          <Link to="/operations/events" className="text-accent underline underline-offset-4">
            Events
          </Link>
          .
        </EmptyState>
      )}
      {letters.length > 0 && (
        <Table
          label="Dead letters"
          head={[
            <Check
              key="all"
              isSquare
              label="Select all that are parked"
              isChecked={areAll}
              onChange={() => select(new Set(areAll ? [] : parked))}
            />,
            ...['Event', 'Held by', 'State', 'Reason', 'Attempts', 'From', 'Received'],
          ]}
        >
          {letters.map(({ id, service, state, type, topic, partition, offset, reason, attempts, ...each }) => (
            <Row
              key={id}
              cells={[
                state === 'parked' && (
                  <Check
                    key="select"
                    isSquare
                    label={`Select ${type ?? 'the event'} at ${service}, offset ${offset}`}
                    isChecked={selected.has(id)}
                    onChange={() => toggle(id)}
                  />
                ),
                <Link
                  key="type"
                  to="/operations/dead-letters/$id"
                  params={{ id }}
                  className="font-medium whitespace-nowrap text-accent underline-offset-4 hover:underline"
                >
                  {type ?? 'unknown type'}
                </Link>,
                <span key="service" className="whitespace-nowrap">
                  {service}
                </span>,
                <StateMark key="state" state={state} />,
                <span key="reason" className="line-clamp-3 min-w-48 wrap-anywhere">
                  {reason}
                </span>,
                <span key="attempts" className="whitespace-nowrap">
                  {attempts}
                  {each.next_attempt_at && `, next ${writeDistance(each.next_attempt_at, now)}`}
                </span>,
                <span
                  key="place"
                  className="whitespace-nowrap text-muted"
                >{`${topic} / ${partition} / ${offset}`}</span>,
                <time
                  key="time"
                  dateTime={each.received_at}
                  title={writeInstant(each.received_at, zone)}
                  className="whitespace-nowrap"
                >
                  {writeDistance(each.received_at, now)}
                </time>,
              ]}
            />
          ))}
        </Table>
      )}
      {letters.length === maxShown && (
        <p className="text-sm text-muted">There are more: shown are the oldest {maxShown}.</p>
      )}
      {isMatching && (
        <MatchingDialog
          services={services.filter((each) => (filter.service ?? each) === each)}
          onClose={() => setMatching(false)}
        />
      )}
      {isConfirming && (
        <ConfirmRedrive
          ids={chosen}
          onClose={() => setConfirming(false)}
          onDone={() => {
            setConfirming(false)
            select(new Set())
          }}
        />
      )}
    </OperationsPage>
  )
}
