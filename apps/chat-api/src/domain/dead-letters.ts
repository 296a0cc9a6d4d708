import { type Origin, Problem, type ServiceName, type Sidecar, serviceNames } from '@taskflow/service-kit'

/** A held event as a service tells of it; see libs/service-kit/src/operator/dead-letters.ts. */
export type HeldEvent = { event_id: string; received_at: string } & Record<string, unknown>

/** An event has one id at each consumer: `<service>:<event id>`. */
export const deadLetterId = (service: ServiceName, event_id: string): string => `${service}:${event_id}`

/** Takes the id apart. Problem 404 when it names no service. */
export const parseDeadLetterId = (id: string): { service: ServiceName; event_id: string } => {
  const at = id.indexOf(':')
  const service = serviceNames.find((name) => name === id.slice(0, at))
  if (!service || at === id.length - 1) throw new Problem('not-found', 'there is no such dead letter')
  return { service, event_id: id.slice(at + 1) }
}

/** What services answered, and those that did not: an operator sees what can be seen, and what cannot. */
export interface FromServices<T> {
  answers: Partial<Record<ServiceName, T>>
  unreachable: ServiceName[]
}

/** Asks services the same question, side by side. */
export const askServices = async <T>(
  sidecar: Pick<Sidecar, 'invoke'>,
  services: readonly ServiceName[],
  path: string,
  origin: Origin,
): Promise<FromServices<T>> => {
  const answers: FromServices<T>['answers'] = {}
  const unreachable: ServiceName[] = []
  const ask = async (service: ServiceName) => {
    try {
      answers[service] = await sidecar.invoke<T>(service, path, origin)
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 503) throw error
      unreachable.push(service)
    }
  }
  await Promise.all(services.map(ask))
  return { answers, unreachable }
}

/** Groups ids by the service that holds them. */
export const byService = (ids: string[]): Map<ServiceName, string[]> => {
  const parsed = ids.map(parseDeadLetterId)
  const groups = Map.groupBy(parsed, ({ service }) => service)
  return new Map([...groups].map(([service, each]) => [service, each.map(({ event_id }) => event_id)]))
}
