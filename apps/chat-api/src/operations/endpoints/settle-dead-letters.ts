import { type Topic, topics } from '@taskflow/event-contracts'
import { type BaseDeps, endpoint, type Origin, Problem, serviceNames } from '@taskflow/service-kit'
import { text } from '@taskflow/tasks'
import { z } from 'zod'
import { byService, deadLetterId } from '../dead-letters.ts'

const answer = z.object({ ids: z.array(z.string()) }).meta({ id: 'SettledDeadLetters' })

/** Has each owning service redrive or discard its events; returns the ids for which that was done. */
const ask = async (
  { sidecar }: BaseDeps,
  action: 'redrive' | 'discard',
  ids: string[],
  more: object,
  origin: Origin,
) => {
  const done: string[] = []
  for (const [service, event_ids] of byService(ids)) {
    const settled = await sidecar.invoke<{ event_ids: string[] }>(service, `operator/${action}`, origin, {
      event_ids,
      ...more,
    })
    done.push(...settled.event_ids.map((event_id) => deadLetterId(service, event_id)))
  }
  return done
}

const notHeld = () => new Problem('not-found', 'no such event is parked')
const params = z.object({ id: text(1, 400) })
const note = text(1, 1_000)
const ids = z.array(text(1, 400)).min(1).max(500)

export const redriveDeadLetter = (deps: BaseDeps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/admin/dead-letters/:id/redrive',
    summary: 'Have a parked event handled again by its consumer',
    access: 'admin',
    params,
    answers: { 200: answer },
    handle: async ({ params: { id }, origin }) => {
      const done = await ask(deps, 'redrive', [id], {}, origin)
      if (done.length === 0) throw notHeld()
      return { status: 200, body: { ids: done } }
    },
  })

export const redriveDeadLetters = (deps: BaseDeps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/admin/dead-letters/redrive',
    summary: 'Have several parked events handled again',
    access: 'admin',
    body: z.strictObject({ ids }),
    problems: [404],
    answers: { 200: answer },
    handle: async ({ body, origin }) => ({
      status: 200,
      body: { ids: await ask(deps, 'redrive', body.ids, {}, origin) },
    }),
  })

const matching = z.strictObject({
  service: z.enum(serviceNames),
  topic: z.enum(Object.keys(topics) as [Topic, ...Topic[]]).optional(),
  type: text(1, 200).optional(),
  reason: text(1, 300).optional().meta({ description: 'a part of the reason, in any case' }),
  received_from: z.iso.datetime().optional(),
  received_until: z.iso.datetime().optional(),
  as_of: z.iso
    .datetime()
    .optional()
    .meta({ description: 'of the first answer: an event that comes back is not taken again' }),
})

const progress = z
  .object({
    settled: z.int().meta({ description: 'events of this call, at most 1,000' }),
    left: z.int().meta({ description: 'matching events for the next call, at most 100,000 are counted' }),
    as_of: z.string(),
  })
  .meta({ id: 'DeadLetterProgress' })

/** One call settles up to 1,000 events, so that the caller sees progress and can stop. */
const settleMatching = async (
  { sidecar, clock }: BaseDeps,
  action: 'redrive' | 'discard',
  { service, as_of = clock.now().toString(), ...filter }: z.infer<typeof matching>,
  more: object,
  origin: Origin,
) => {
  const { event_ids, left } = await sidecar.invoke<{ event_ids: string[]; left: number }>(
    service,
    `operator/${action}`,
    origin,
    { matching: { ...filter, as_of }, ...more },
  )
  return { status: 200 as const, body: { settled: event_ids.length, left, as_of } }
}

export const redriveMatching = (deps: BaseDeps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/admin/dead-letters/redrive-matching',
    summary: 'Have parked events of a consumer handled again by what they have in common; repeat until none is left',
    access: 'admin',
    body: matching,
    answers: { 200: progress },
    handle: ({ body, origin }) => settleMatching(deps, 'redrive', body, {}, origin),
  })

export const discardMatching = (deps: BaseDeps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/admin/dead-letters/discard-matching',
    summary: 'Give up on held events of a consumer by what they have in common; repeat until none is left',
    access: 'admin',
    body: matching.extend({ note }),
    answers: { 200: progress },
    handle: ({ body: { note, ...body }, origin }) => settleMatching(deps, 'discard', body, { note }, origin),
  })

export const discardDeadLetter = (deps: BaseDeps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/admin/dead-letters/:id/discard',
    summary: 'Give up on an event for good, with the reason',
    access: 'admin',
    params,
    body: z.strictObject({ note }),
    answers: { 200: answer },
    handle: async ({ params: { id }, body, origin }) => {
      const done = await ask(deps, 'discard', [id], body, origin)
      if (done.length === 0) throw notHeld()
      return { status: 200, body: { ids: done } }
    },
  })
