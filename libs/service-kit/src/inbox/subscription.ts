import type { CloudEvent, DataOf, EventDefinition, EventOn, Topic, taskSnapshot } from '@taskflow/event-contracts'
import type { Tx } from '../database/transaction.ts'
import type { ServiceName } from '../services.ts'
import { defaultRetries, type RetryPolicy } from './failures.ts'

/** What a handler gets besides the data of its event. */
interface HandlerContext<Data> {
  event: CloudEvent<Data>
  /** Aborted when the handler has run for too long (10 s); its transaction is rolled back. */
  signal: AbortSignal
}

/**
 * Handles one event. Its effect goes through `tx`, which commits together with the inbox row. If it throws, the event
 * and later ones of its key are deferred, and no effect remains.
 */
export type Handler<Definition extends EventDefinition> = (
  data: DataOf<Definition>,
  tx: Tx,
  context: HandlerContext<DataOf<Definition>>,
) => Promise<unknown>

/** Handles several events at once, in order; when it throws, they are handled again one by one. */
export interface BatchHandler {
  handleBatch: (events: ReceivedEvent[], tx: Tx, signal: AbortSignal) => Promise<void>
}

/** An event of the topic that this service does not need: acknowledged, and not stored in the inbox. */
export interface Ignored {
  ignored: string
}

/** An event with its delivery. */
export interface ReceivedEvent {
  event: CloudEvent<{ user_id: string | null }>
  delivery: Delivery
  /** The span under which it is handled; undefined while tracing is off. */
  traceparent?: string
}

/** A message as the sidecar delivered it. */
export interface Delivery {
  /** Identifies the entry in the answer to a bulk delivery. */
  entryId: string
  bytes: Uint8Array
  topic: Topic
  partition: number
  offset: string
  key: string
  headers: Record<string, string>
}

export const inBatches = (handleBatch: BatchHandler['handleBatch']): BatchHandler => ({ handleBatch })

/** Ignores events of a type; the reason is for readers of the code. */
export const ignore = (reason: string): Ignored => ({ ignored: reason })

/** A handler for each event of a topic: leaving one out does not compile. */
export type HandlersOf<T extends Topic> = {
  [Type in EventOn<T>['type']]: Handler<Extract<EventOn<T>, { type: Type }>> | BatchHandler | Ignored
}

export type AnyHandler =
  | ((data: never, tx: Tx, context: HandlerContext<never>) => Promise<unknown>)
  | BatchHandler
  | Ignored

/** One topic with its handlers: one route, one Dapr subscription. */
export interface Subscription {
  topic: Topic
  handlers: Record<string, AnyHandler>
  retries: RetryPolicy
}

/** `retries`: what differs from five attempts within 85 s, and going on with a key whose event was parked. */
export const subscribe = <T extends Topic>(
  topic: T,
  handlers: HandlersOf<T>,
  retries: Partial<RetryPolicy> = {},
): Subscription => ({ topic, handlers, retries: { ...defaultRetries, ...retries } })

/**
 * Takes the tasks that `npm run backfill -- --consumer NAME` sends to this service, from before Kafka's retention.
 * Snapshots and events of a task come in no order: keep the greater version.
 */
export const subscribeToSnapshots = (
  consumer: ServiceName,
  handle: Handler<typeof taskSnapshot>,
  retries: Partial<RetryPolicy> = {},
): Subscription =>
  subscribe(
    'task-snapshots',
    {
      'task.snapshot': async (data, tx, context) => {
        if (data.consumer === consumer) await handle(data, tx, context)
      },
    },
    retries,
  )
