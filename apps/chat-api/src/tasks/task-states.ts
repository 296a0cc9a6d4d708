import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import * as tasks from '@taskflow/tasks'
import { z } from 'zod'

/** Events of later changes may be on their way. */
const settledAfter = Temporal.Duration.from({ minutes: 10 })

/*
 * What reminder-service compares its schedule with. Under /operator, which an Ingress keeps inside.
 */

export const listTaskVersions = ({ db, clock }: Pick<BaseDeps, 'db' | 'clock'>) =>
  endpoint({
    method: 'get',
    path: '/operator/task-versions',
    summary: 'List the versions of all tasks that have not changed for ten minutes, by id',
    access: 'mesh',
    caller: 'reminder-service',
    query: z.strictObject({ after: z.uuid().optional(), limit: z.coerce.number().int().min(1).max(500) }),
    answers: { 200: z.unknown() },
    handle: async ({ query: { after, limit } }) => {
      const before = clock.now().subtract(settledAfter).toString()
      return { status: 200, body: await tasks.listTaskVersions(db, { after, limit, before }) }
    },
  })

export const readTaskStates = ({ db }: Pick<BaseDeps, 'db'>) =>
  endpoint({
    method: 'get',
    path: '/operator/tasks',
    summary: 'Show tasks as their events do; up to 20, which fit into one answer of the sidecar',
    access: 'mesh',
    caller: 'reminder-service',
    query: z.strictObject({
      ids: z
        .string()
        .max(1_000)
        .transform((text) => text.split(','))
        .pipe(z.array(z.uuid()).min(1).max(20)),
    }),
    answers: { 200: z.unknown() },
    handle: async ({ query: { ids } }) => ({ status: 200, body: { data: await tasks.readTaskStates(db, ids) } }),
  })
