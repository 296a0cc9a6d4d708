import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'

/** The metrics of one service, in a registry of its own (names: Prometheus conventions, base units). */
export const createMetrics = (service: string) => {
  const registry = new Registry()
  registry.setDefaultLabels({ service })
  collectDefaultMetrics({ register: registry })
  return {
    registry,
    requestDuration: new Histogram({
      name: 'taskflow_http_request_duration_seconds',
      help: 'Time to answer a request',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers: [registry],
    }),
    eventsPublished: new Counter({
      name: 'taskflow_events_published_total',
      help: 'Events written to Kafka by the relay of this service',
      labelNames: ['topic'],
      registers: [registry],
    }),
    eventsTaken: new Counter({
      name: 'taskflow_events_taken_total',
      help: 'Events taken into the inbox, by outcome: done, deferred, parked, discarded, duplicate',
      labelNames: ['topic', 'outcome'],
      registers: [registry],
    }),
  }
}
export type Metrics = ReturnType<typeof createMetrics>
