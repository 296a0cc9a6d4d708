import { type BaseDeps, endpoint, type Origin, Problem } from '@taskflow/service-kit'
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
