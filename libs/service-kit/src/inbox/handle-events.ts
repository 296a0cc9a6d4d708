import { deadLetterParked, type Topic } from '@taskflow/event-contracts'
import { type Tx, withOrigin } from '../database/transaction.ts'
import { loggedWith } from '../log.ts'
import { originOf, traceIdOf } from '../origin.ts'
import { appendEvents, newEvent } from '../outbox/append-events.ts'
import { type ServiceSchema, services } from '../services.ts'
import { HandlerTimeout, handlerTimeout } from './failures.ts'
import { forgetUser } from './rows.ts'
import type { AnyHandler, BatchHandler, Ignored, ReceivedEvent, Subscription } from './subscription.ts'
import type { Handling } from './trace-handling.ts'

export const isIgnored = (handler: AnyHandler | undefined): handler is Ignored =>
  handler !== undefined && 'ignored' in handler

const isBatch = (handler: AnyHandler): handler is BatchHandler => 'handleBatch' in handler

/**
 * Runs the handlers of events in order; neighbours with the same batch handler run together. Throws what a handler
 * throws, and HandlerTimeout after 10 s of one handler: that handler may still use the connection, which must be given
 * up.
 */
export const handleEvents = async (
  subscription: Subscription,
  events: ReceivedEvent[],
  tx: Tx,
  handling: Handling,
): Promise<void> => {
  for (let from = 0; from < events.length; ) {
    const handler = subscription.handlers[events[from]!.event.type]!
    let to = from + 1
    if (isBatch(handler)) while (to < events.length && subscription.handlers[events[to]!.event.type] === handler) to++
    const group = events.slice(from, to)
    handling.begin(group)
    const run = async (signal: AbortSignal) => {
      if (isBatch(handler)) return handler.handleBatch(group, tx, signal)
      const { event, traceparent } = group[0]!
      if (!isIgnored(handler))
        await handler(event.data as never, withOrigin(tx, originOf(event, traceparent)), {
          event: event as never,
          signal,
        })
    }
    await limited(group.length === 1 ? group[0]!.event.id : undefined, (signal) =>
      loggedWith(fieldsOf(group), () => run(signal)),
    )
    for (const { event } of group) {
      if (event.type === 'user.deleted' && event.data.user_id)
        await forgetUser(tx.$client, services[tx.service].schema, event.data.user_id)
    }
    handling.handled()
    from = to
  }
}

/** Fields of the lines that a handler logs: the ids of its event; none for a batch. */
const fieldsOf = ([received, ...others]: ReceivedEvent[]): Record<string, string> => {
  if (!received || others.length > 0) return {}
  const { id: event_id, traceparent } = received.event
  return { event_id, ...(traceparent ? { trace_id: traceIdOf(traceparent) } : {}) }
}

const limited = async (event_id: string | undefined, work: (signal: AbortSignal) => Promise<void>): Promise<void> => {
  const abort = new AbortController()
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    const error = new HandlerTimeout(event_id)
    abort.abort(error)
    late.reject(error)
  }, handlerTimeout)
  try {
    await Promise.race([work(abort.signal), late.promise])
  } finally {
    clearTimeout(timer)
  }
}

/** Publishes that this consumer has parked an event. Not for dead letters: that would never end. */
export const emitParked = async (
  tx: Tx,
  schema: ServiceSchema,
  parked: {
    event_id: string
    event_type: string | null
    user_id: string | null
    topic: Topic
    partition: number
    offset: string
    key: string
    reason: string
    attempts: number
  },
): Promise<void> => {
  if (parked.topic === 'dead-letters') return
  const { user_id, key, ...payload } = parked
  await appendEvents(tx, schema, [
    newEvent('dead-letters', deadLetterParked, {
      key: key || parked.event_id,
      subject: parked.event_id,
      user_id,
      payload: { ...payload, consumer: tx.service },
    }),
  ])
}
