import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import { type LabelKind, relabel } from '@taskflow/tasks'
import { z } from 'zod'
import { withLockedTasks } from '../with-locked-tasks.ts'
import { labelKinds } from './label-kinds.ts'

export const deleteLabel = ({ transaction }: BaseDeps, kind: LabelKind) =>
  endpoint({
    method: 'delete',
    path: `${labelKinds[kind].path}/:name`,
    summary: `Take a ${kind} from all your tasks; the tasks stay`,
    access: 'user',
    params: z.object({ name: labelKinds[kind].name }),
    answers: { 204: null },
    handle: async ({ params, user, origin }) => {
      await withLockedTasks(
        (work) => transaction(work, origin),
        user.user_id,
        [],
        (tx) => relabel(tx, user.user_id, kind, params.name, null),
      )
      return { status: 204 }
    },
  })
