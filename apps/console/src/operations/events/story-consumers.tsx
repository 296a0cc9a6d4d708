import { Link } from '@tanstack/react-router'
import type { Story } from '../../api/openapi.d.ts'
import { Part } from '../part.tsx'
import { StateMark } from '../state-mark.tsx'
import { Row, Table } from '../table.tsx'
import { writeSpan } from '../write.ts'
import { SpanBar, spanOf } from './span-bar.tsx'

type Consumption = Story['consumers'][number]

/** The consumers of the event, in the order in which they received it. */
export const StoryConsumers = ({ story }: { story: Story }) => (
  <Part title="Consumers" about="In the order in which they took it; spans begin when it was written into the outbox.">
    {story.consumers.length === 0 ? (
      <p className="text-sm text-muted">Nobody has taken it, and nobody who was asked takes its type.</p>
    ) : (
      <Table
        label="Consumers"
        head={[
          'Service',
          'State',
          'Topic, partition, offset',
          'Attempts',
          'Delivered in',
          'Handled in',
          'In all',
          'Span',
          'Reason',
        ]}
      >
        {story.consumers.map((each) => (
          <Row
            key={each.service}
            isBad={each.state === 'parked'}
            cells={[
              <span key="service" className="font-medium whitespace-nowrap">
                {each.service}
              </span>,
              <StateLink key="state" consumption={each} event_id={story.event_id} />,
              placeOf(each),
              each.attempts,
              span(each.delivery_ms),
              each.handling_ms === null && each.handled_at ? 'at once' : span(each.handling_ms),
              span(each.total_ms),
              <SpanBar
                key="bar"
                from={each.total_ms === null ? null : each.total_ms - (each.delivery_ms ?? each.total_ms)}
                to={each.total_ms}
                whole={spanOf(story)}
              />,
              <span key="reason" className={each.reason === null ? '' : 'block min-w-64 wrap-anywhere'}>
                {each.reason}
              </span>,
            ]}
          />
        ))}
      </Table>
    )}
  </Part>
)

const span = (milliseconds: number | null) => (milliseconds === null ? '–' : writeSpan(milliseconds))

const placeOf = ({ topic, partition, offset }: Consumption & { partition?: unknown; offset?: unknown }) => (
  <span className="whitespace-nowrap">{partition == null ? topic : `${topic} / ${partition} / ${offset}`}</span>
)

const StateLink = ({ consumption: { service, state }, event_id }: { consumption: Consumption; event_id: string }) =>
  state === 'parked' || state === 'deferred' ? (
    <Link
      to="/operations/dead-letters/$id"
      params={{ id: `${service}:${event_id}` }}
      className="underline-offset-4 hover:underline"
    >
      <StateMark state={state} />
    </Link>
  ) : (
    <StateMark state={state} />
  )
