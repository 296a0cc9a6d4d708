import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import { type LabelKind, relabel } from '@taskflow/tasks'
import { z } from 'zod'
import { withLockedTasks } from '../with-locked-tasks.ts'
import { labelKinds } from './label-kinds.ts'

const renamed = z.object({ name: z.string(), changed_tasks: z.int() }).meta({ id: 'RenamedLabel' })

export const renameLabel = ({ transaction }: BaseDeps, kind: LabelKind) =>
  endpoint({
    method: 'patch',
    path: `${labelKinds[kind].path}/:name`,
    summary: `Give a ${kind} another name in all your tasks; with the name of another one they become one`,
    access: 'user',
    params: z.object({ name: labelKinds[kind].name }),
    body: z.strictObject({ name: labelKinds[kind].name }),
    answers: { 200: renamed },
    handle: async ({ params, body: { name }, user, origin }) => {
      const changed_tasks = await withLockedTasks(
        (work) => transaction(work, origin),
        user.user_id,
        [],
        (tx) => relabel(tx, user.user_id, kind, params.name, name),
      )
      return { status: 200, body: { name, changed_tasks } }
    },
  })
