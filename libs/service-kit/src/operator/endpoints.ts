import type { Topic } from '@taskflow/event-contracts'
import { z } from 'zod'
import type { BaseDeps } from '../deps.ts'
import { type Endpoint, endpoint } from '../http/endpoint.ts'
import type { Readiness } from '../http/health-routes.ts'
import { Problem } from '../http/problem.ts'
import type { Breaker } from '../inbox/breaker.ts'
import type { Pauses } from '../inbox/pauses.ts'
import type { Subscription } from '../inbox/subscription.ts'
import type { Loop } from '../loop.ts'
import type { Relay } from '../outbox/relay.ts'
import { services } from '../services.ts'
import {
  type DeadLetterFilter,
  discardDeadLetters,
  listDeadLetters,
  redriveDeadLetters,
  showDeadLetter,
} from './dead-letters.ts'
import { readDeliveryState } from './delivery-state.ts'
import { describeSelf, takenTypes } from './describe-self.ts'
import { traceEvent } from './trace-event.ts'

const event_ids = z.array(z.string().min(1).max(300)).min(1).max(500).optional()
const matching = z
  .strictObject({
    topic: z.string().max(100).optional(),
    type: z.string().max(200).optional(),
    reason: z.string().max(300).optional(),
    received_from: z.iso.datetime().optional(),
    received_until: z.iso.datetime().optional(),
    as_of: z.iso.datetime(),
  })
  .optional()

const choiceOf = (body: { event_ids?: string[] | undefined; matching?: DeadLetterFilter | undefined }) =>
  body.matching ? { matching: body.matching } : { event_ids: body.event_ids ?? [] }

/**
 * Endpoints for operators, of every service. Only chat-api may call them, on behalf of an admin, by Dapr service
 * invocation.
 */
export const operatorEndpoints = (
  deps: Pick<BaseDeps, 'config' | 'pool' | 'clock' | 'sidecar' | 'metrics'>,
  subscriptions: Subscription[],
  relay: Pick<Relay, 'trouble' | 'isActive'>,
  retry: Loop,
  pauses: Pauses,
  breaker: Pick<Breaker, 'list'>,
  readiness: () => Promise<Readiness>,
): Endpoint[] => {
  const { config, pool, clock } = deps
  const { schema } = services[config.service]
  const takes = takenTypes(subscriptions)
  const topic = z.enum(subscriptions.map((each) => each.topic) as [Topic, ...Topic[]])
  return [
    endpoint({
      method: 'get',
      path: '/operator/self',
      summary: 'How this replica and its sidecar are',
      access: 'mesh',
      answers: { 200: z.unknown() },
      handle: async () => ({ status: 200, body: await describeSelf(deps, subscriptions, relay, readiness, breaker) }),
    }),
    endpoint({
      method: 'get',
      path: '/operator/delivery',
      summary: 'How outbox and inbox stand',
      access: 'mesh',
      answers: { 200: z.unknown() },
      handle: async () => ({ status: 200, body: await readDeliveryState(pool, schema, relay.trouble()) }),
    }),
    endpoint({
      method: 'post',
      path: '/operator/pause',
      summary: 'Pause a subscription: its events stay in Kafka',
      access: 'mesh',
      body: z.strictObject({ topic, note: z.string().min(1).max(1_000) }),
      answers: { 200: z.unknown() },
      handle: async ({ body }) => {
        await pauses.pause(body.topic, 'operator', body.note)
        return { status: 200, body: { paused: await pauses.list() } }
      },
    }),
    endpoint({
      method: 'post',
      path: '/operator/resume',
      summary: 'Resume a subscription; for some minutes the service does not pause it by itself',
      access: 'mesh',
      body: z.strictObject({ topic, minutes: z.int().min(0).max(1_440).default(10) }),
      answers: { 200: z.unknown() },
      handle: async ({ body }) => {
        await pauses.resume(body.topic, body.minutes)
        retry.wake()
        return { status: 200, body: { paused: await pauses.list() } }
      },
    }),
    endpoint({
      method: 'get',
      path: '/operator/event',
      summary: 'What is known here of an event, and which types are taken',
      access: 'mesh',
      query: z.strictObject({ event_id: z.string().max(300) }),
      answers: { 200: z.unknown() },
      handle: async ({ query }) => ({
        status: 200,
        body: { ...(await traceEvent(pool, schema, query.event_id)), takes },
      }),
    }),
    endpoint({
      method: 'get',
      path: '/operator/dead-letters',
      summary: 'List deferred and parked events, oldest first',
      access: 'mesh',
      query: z.strictObject({
        state: z.enum(['deferred', 'parked']).optional(),
        limit: z.coerce.number().int().min(1).max(500).default(100),
        after: z.string().max(300).optional(),
      }),
      answers: { 200: z.unknown() },
      handle: async ({ query }) => ({ status: 200, body: { data: await listDeadLetters(pool, schema, query) } }),
    }),
    endpoint({
      method: 'get',
      path: '/operator/dead-letter',
      summary: 'Show a deferred or parked event with its content',
      access: 'mesh',
      query: z.strictObject({ event_id: z.string().max(300) }),
      answers: { 200: z.unknown() },
      handle: async ({ query }) => {
        const letter = await showDeadLetter(pool, schema, query.event_id)
        if (!letter) throw new Problem('not-found', 'no such event is held here')
        return { status: 200, body: letter }
      },
    }),
    endpoint({
      method: 'post',
      path: '/operator/redrive',
      summary: 'Handle parked events again',
      access: 'mesh',
      body: z.strictObject({ event_ids, matching }),
      answers: { 200: z.unknown() },
      handle: async ({ body }) => {
        const redriven = await redriveDeadLetters(pool, schema, choiceOf(body), clock)
        retry.wake()
        return { status: 200, body: redriven }
      },
    }),
    endpoint({
      method: 'post',
      path: '/operator/discard',
      summary: 'Give up on deferred or parked events',
      access: 'mesh',
      body: z.strictObject({ event_ids, matching, note: z.string().min(1).max(1_000) }),
      answers: { 200: z.unknown() },
      handle: async ({ body }) => {
        const discarded = await discardDeadLetters(pool, schema, choiceOf(body), body.note, clock)
        retry.wake()
        return { status: 200, body: discarded }
      },
    }),
  ]
}
