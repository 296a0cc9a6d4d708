import { Problem, type ServiceName, serviceNames } from '@taskflow/service-kit'
import { z } from 'zod'

/** A held event, as DeadLetter of libs/service-kit, with who holds it. */
export const heldEvent = z
  .object({
    id: z.string(),
    service: z.string(),
    event_id: z.string(),
    state: z.enum(['deferred', 'parked']),
    type: z.string().nullable(),
    user_id: z.string().nullable(),
    topic: z.string(),
    partition: z.int(),
    offset: z.string(),
    key: z.string(),
    received_at: z.string(),
    attempts: z.int(),
    next_attempt_at: z.string().nullable(),
    reason: z.string(),
  })
  .meta({ id: 'DeadLetter' })

/** An event has one id at each consumer: `<service>:<event id>`. */
export const deadLetterId = (service: ServiceName, event_id: string): string => `${service}:${event_id}`

/** Takes the id apart. Problem 404 when it names no service. */
export const parseDeadLetterId = (id: string): { service: ServiceName; event_id: string } => {
  const at = id.indexOf(':')
  const service = serviceNames.find((name) => name === id.slice(0, at))
  if (!service || at === id.length - 1) throw new Problem('not-found', 'there is no such dead letter')
  return { service, event_id: id.slice(at + 1) }
}

/** Groups ids by the service that holds them. */
export const byService = (ids: string[]): Map<ServiceName, string[]> => {
  const parsed = ids.map(parseDeadLetterId)
  const groups = Map.groupBy(parsed, ({ service }) => service)
  return new Map([...groups].map(([service, each]) => [service, each.map(({ event_id }) => event_id)]))
}
