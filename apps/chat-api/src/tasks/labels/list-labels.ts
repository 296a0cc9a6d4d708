import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import * as tasks from '@taskflow/tasks'
import { z } from 'zod'
import { pageOf, pageQuery } from '../../http/schemas.ts'
import { labelKinds } from './label-kinds.ts'

const page = pageOf('LabelPage', z.object({ name: z.string(), open_tasks: z.int() }).meta({ id: 'Label' }))

export const listLabels = ({ db }: BaseDeps, kind: tasks.LabelKind) =>
  endpoint({
    method: 'get',
    path: labelKinds[kind].path,
    summary: `List your ${labelKinds[kind].plural} by name, with the number of open tasks of each`,
    access: 'user',
    query: z.strictObject(pageQuery),
    answers: { 200: page },
    handle: async ({ query, user }) => ({ status: 200, body: await tasks.listLabels(db, user.user_id, kind, query) }),
  })
