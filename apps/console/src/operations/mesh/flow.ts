import type { Mesh, ServiceState } from '../../api/openapi.d.ts'
import type { Reading } from '../use-readings.ts'

/** What goes between a service and a topic. */
export interface Flow {
  service: string
  topic: string
  direction: 'publishes' | 'takes'
  /** Since the process started. */
  count: number
  /** Events per second; null until it was measured twice. */
  rate: number | null
  /** Of those taken: how many did not end as done. */
  others: { outcome: string; count: number }[]
}

/** Rates are those of the last seconds, so that a single event is seen and a burst does not jump. */
const span = 10_000

const selfOf = (mesh: Mesh, service: string): ServiceState | undefined => {
  const found = mesh.services[service]
  return found && found.status !== 'unreachable' ? found : undefined
}

/**
 * The flows of the newest reading. Counts start at 0 with each process, so only those of the same replica are compared.
 */
export const flowsOf = (readings: Reading<Mesh>[]): Flow[] => {
  const latest = readings.at(-1)?.value
  if (!latest) return []
  return Object.keys(latest.services).flatMap((service) => {
    const self = selfOf(latest, service)
    if (!self) return []
    const before = earlier(readings, service, self.replica)
    const seconds = before && (Date.parse(latest.measured_at) - Date.parse(before.measured_at)) / 1_000
    const rate = (count: number, countBefore: (then: ServiceState) => number) =>
      before && seconds ? Math.max(0, count - countBefore(before.self)) / seconds : null
    const topicsTaken = new Set([...Object.keys(self.takes), ...self.flow.taken.map(({ topic }) => topic)])
    return [
      ...self.flow.published.flatMap(({ topic, count }): Flow[] =>
        count === 0
          ? []
          : [
              {
                ...{ service, topic, direction: 'publishes', count, others: [] },
                rate: rate(count, (then) => published(then, topic)),
              },
            ],
      ),
      ...[...topicsTaken].map((topic): Flow => {
        const count = taken(self, topic)
        const others = self.flow.taken
          .filter((each) => each.topic === topic && each.outcome !== 'done' && each.count > 0)
          .map(({ outcome, count }) => ({ outcome, count }))
        return { service, topic, direction: 'takes', count, others, rate: rate(count, (then) => taken(then, topic)) }
      }),
    ]
  })
}

const published = ({ flow }: ServiceState, topic: string) =>
  flow.published.find((each) => each.topic === topic)?.count ?? 0
const taken = ({ flow }: ServiceState, topic: string) =>
  flow.taken.filter((each) => each.topic === topic).reduce((sum, { count }) => sum + count, 0)

/** The first answer of the same process within the span, or the last one before. */
const earlier = (readings: Reading<Mesh>[], service: string, replica: string) => {
  const since = readings.at(-1)!.at - span
  const same = readings.slice(0, -1).flatMap(({ at, value }) => {
    const self = selfOf(value, service)
    return self?.replica === replica ? [{ at, self, measured_at: value.measured_at }] : []
  })
  return same.find(({ at }) => at >= since) ?? same.at(-1)
}
