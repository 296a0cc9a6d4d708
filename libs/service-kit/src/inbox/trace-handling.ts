import { failureOf, type Span, type Tracing } from '../tracing/tracing.ts'
import type { ReceivedEvent } from './subscription.ts'

/** The spans of events that are handled in one transaction, each a child of the span that made the event. */
export interface Handling {
  /** The newest span. */
  readonly traceparent: string | undefined
  /** The handler of these events runs now; what it creates and calls is under the `traceparent` of each. */
  begin(events: ReceivedEvent[]): void
  /** The handler succeeded. The spans end now, and are exported once the transaction has ended. */
  handled(): void
  /** The handler failed; the transaction continues without its effect. */
  fail(error: unknown): void
  /** The transaction was committed, or with an error rolled back. */
  end(error?: unknown): void
}

export interface HandlingOptions {
  consumer: string
  /** The number of this attempt, from 1. */
  attempt: number
}

export const traceHandling = (tracing: Tracing, options: HandlingOptions): Handling =>
  tracing.isOn ? recordHandling(tracing, options) : unrecorded

const unrecorded: Handling = {
  traceparent: undefined,
  begin: () => {},
  handled: () => {},
  fail: () => {},
  end: () => {},
}

const recordHandling = (tracing: Tracing, { consumer, attempt }: HandlingOptions): Handling => {
  let running: Span[] = []
  const done: { span: Span; at: number }[] = []
  let traceparent: string | undefined

  const start = (received: ReceivedEvent) => {
    const { event } = received
    const { topic, partition, offset } = received.delivery
    const span = tracing.start(`process ${topic}`, {
      kind: 'consumer',
      causes: [event.traceparent],
      attributes: {
        'messaging.system': 'kafka',
        'messaging.operation.type': 'process',
        'messaging.destination.name': topic,
        'messaging.destination.partition.id': String(partition),
        'messaging.kafka.offset': Number(offset),
        'messaging.consumer.group.name': consumer,
        'cloudevents.event_id': event.id,
        'cloudevents.event_type': event.type,
        'taskflow.attempt': attempt,
      },
    })
    traceparent = span.traceparent
    received.traceparent = traceparent
    return span
  }
  const fail = (error: unknown) => {
    for (const span of running) span.end({ error: failureOf(error) })
    running = []
  }
  return {
    get traceparent() {
      return traceparent
    },
    begin: (events) => {
      running = events.map(start)
    },
    handled: () => {
      const at = performance.now()
      done.push(...running.map((span) => ({ span, at })))
      running = []
    },
    fail,
    end: (error) => {
      fail(error)
      for (const { span, at } of done) span.end({ at, error: error === undefined ? undefined : 'rolled back' })
    },
  }
}
