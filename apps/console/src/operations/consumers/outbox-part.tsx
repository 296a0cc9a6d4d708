import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Outbox, ServiceDelivery } from '../../api/openapi.d.ts'
import { Part } from '../part.tsx'
import { Sparkline } from '../sparkline.tsx'
import { Row, Table } from '../table.tsx'
import type { Reading } from '../use-readings.ts'
import { writeCount, writeSpan } from '../write.ts'

/** What each service still has to publish, and the events it has deferred or parked. */
export const OutboxPart = ({ readings }: { readings: Reading<Outbox>[] }) => {
  const latest = readings.at(-1)?.value
  if (!latest) return null
  const over = (service: string, figure: (delivery: ServiceDelivery) => number) =>
    readings.flatMap(({ at, value }) => {
      const delivery = value.services[service]
      return delivery ? [{ at, value: figure(delivery) }] : []
    })
  return (
    <Part
      title="Outbox and inbox"
      about="Waiting in the outbox until Kafka has them, and published in the last minute; deferred or parked by a consumer that cannot handle them."
    >
      <Table
        label="Outbox and inbox"
        head={['Service', 'Waiting', 'Oldest', 'In a minute', 'Rejected', 'Deferred', 'Parked', 'Remembered']}
      >
        {inOrder(latest.services).map(([service, { outbox, inbox, publishing_trouble }]) => (
          <Row
            key={service}
            isBad={publishing_trouble !== null}
            cells={[
              <div key="name">
                <p className="font-medium whitespace-nowrap">{service}</p>
                {publishing_trouble && <p className="max-w-64 text-danger wrap-anywhere">{publishing_trouble}</p>}
              </div>,
              <Figure key="depth" text={writeCount(outbox.waiting)}>
                <Sparkline
                  label={`Waiting in the outbox of ${service}`}
                  points={over(service, (each) => each.outbox.waiting)}
                />
              </Figure>,
              <Figure key="age" text={outbox.oldest_age === null ? '–' : writeSpan(outbox.oldest_age * 1_000)}>
                <Sparkline
                  label={`Age of the oldest in the outbox of ${service}`}
                  points={over(service, (each) => each.outbox.oldest_age ?? 0)}
                  write={(seconds) => writeSpan(seconds * 1_000)}
                />
              </Figure>,
              writeCount(outbox.published_last_minute),
              writeCount(outbox.rejected),
              <Held key="deferred" service={service} state="deferred" count={inbox.deferred} />,
              <Held key="parked" service={service} state="parked" count={inbox.parked} />,
              `about ${writeCount(inbox.size)}`,
            ]}
          />
        ))}
      </Table>
    </Part>
  )
}

const inOrder = <Value,>(services: Record<string, Value>) =>
  Object.entries(services).toSorted(([a], [b]) => (a < b ? -1 : 1))

const Figure = ({ text, children }: { text: string; children: ReactNode }) => (
  <div className="flex items-start gap-2">
    <span className="min-w-10 whitespace-nowrap">{text}</span>
    {children}
  </div>
)

const Held = ({ service, state, count }: { service: string; state: string; count: number }) =>
  count === 0 ? (
    '0'
  ) : (
    <Link
      to="/operations/dead-letters"
      search={{ service, state }}
      className="text-danger underline underline-offset-4"
    >
      {writeCount(count)}
    </Link>
  )
