import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { withTimeout } from './dapr-client.ts'

const durations = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
/** Buckets from the event's time to the end of its handling: hours after an outage. */
const delays = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600]

/** The metrics of one service, in a registry of its own (names: Prometheus conventions, base units). */
export const createMetrics = (service: string) => {
  const registry = new Registry()
  registry.setDefaultLabels({ service })
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  return {
    registry,
    requestDuration: new Histogram({
      name: 'taskflow_http_request_duration_seconds',
      help: 'Time to answer a request',
      labelNames: ['method', 'route', 'status'],
      buckets: durations,
      registers,
    }),
    eventsPublished: new Counter({
      name: 'taskflow_events_published_total',
      help: 'Events written to Kafka by the relay of this service',
      labelNames: ['topic'],
      registers,
    }),
    publishDuration: new Histogram({
      name: 'taskflow_publish_duration_seconds',
      help: 'Time of a bulk call to the sidecar, by result: ok (perhaps not for every event), failed',
      labelNames: ['topic', 'result'],
      buckets: durations,
      registers,
    }),
    publishRetries: new Counter({
      name: 'taskflow_publish_retries_total',
      help: 'Events that a call did not get into Kafka, or not for sure, and that go again',
      labelNames: ['topic'],
      registers,
    }),
    eventsTaken: new Counter({
      name: 'taskflow_events_taken_total',
      help: 'Events taken into the inbox, by outcome: done, deferred, parked, discarded, duplicate',
      labelNames: ['topic', 'outcome'],
      registers,
    }),
    handleDuration: new Histogram({
      name: 'taskflow_handle_duration_seconds',
      help: 'Time to take a batch of events: handlers and their transaction, tries included',
      labelNames: ['topic'],
      buckets: durations,
      registers,
    }),
    eventDelay: new Histogram({
      name: 'taskflow_event_delay_seconds',
      help: 'From the time of an event until it was handled, for those done at their first delivery',
      labelNames: ['topic'],
      buckets: delays,
      registers,
    }),
    deliveriesRefused: new Counter({
      name: 'taskflow_deliveries_refused_total',
      help: 'Batches that could not be written down (the database was away) and are delivered again',
      labelNames: ['topic'],
      registers,
    }),
    handlerRetries: new Counter({
      name: 'taskflow_handler_retries_total',
      help: 'Later attempts at deferred events, by result: done, failed',
      labelNames: ['topic', 'result'],
      registers,
    }),
    deadLetters: new Counter({
      name: 'taskflow_dead_letters_total',
      help: 'Events that were given up and parked',
      labelNames: ['topic'],
      registers,
    }),
  }
}
export type Metrics = ReturnType<typeof createMetrics>

/** The current value of a gauge: a number, one for each set of labels, or undefined when it is unknown. */
export type Reading = number | undefined | { labels: Record<string, string>; value: number }[]

/** How long a scrape waits for values; Prometheus gives up after ten seconds. */
const readTimeout = 5_000

/**
 * Gauges that are read together, once per scrape. Unknown values are left out, and all of them when `read` throws or
 * takes too long: a scrape must not fail because the database is away.
 */
export const registerGauges = <Name extends string>(
  { registry }: Pick<Metrics, 'registry'>,
  gauges: Record<Name, { help: string; labelNames?: string[] }>,
  read: () => Promise<Record<Name, Reading>>,
): void => {
  let reading: Promise<Partial<Record<Name, Reading>>> | undefined
  const readOnce = () => {
    reading ??= withTimeout(read(), readTimeout)
      .catch(() => ({}))
      .finally(() => {
        reading = undefined
      })
    return reading
  }
  for (const [name, { help, labelNames = [] }] of Object.entries<{ help: string; labelNames?: string[] }>(gauges)) {
    new Gauge({
      name,
      help,
      labelNames,
      registers: [registry],
      async collect() {
        const value: Reading = (await readOnce())[name as Name]
        this.reset()
        if (Array.isArray(value)) for (const each of value) this.set(each.labels, each.value)
        else if (value !== undefined) this.set(value)
        else this.remove({})
      },
    })
  }
}
