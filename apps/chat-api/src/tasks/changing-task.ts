import type { Task } from '@taskflow/event-contracts'
import { type BaseDeps, endpoint, type Tx } from '@taskflow/service-kit'
import { returnMinimal } from '../http/return-minimal.ts'
import { idParams, taskAnswer } from '../http/schemas.ts'
import { expectedVersion, versionHeaders } from '../http/version-headers.ts'

/** Resolves to undefined when the task is gone. */
type Change = (tx: Tx, user_id: string, id: string, expectedVersion?: number) => Promise<Task | undefined>

/** The endpoint of a change that needs no more than the task's id: POST /api/v1/tasks/:id/ACTION. */
export const changingTask =
  (action: string, summary: string, change: Change) =>
  ({ transaction }: BaseDeps) =>
    returnMinimal(
      endpoint({
        method: 'post',
        path: `/api/v1/tasks/:id/${action}`,
        summary,
        access: 'user',
        headers: ['If-Match'],
        params: idParams,
        answers: { 200: taskAnswer, 204: null },
        handle: async ({ params, headers, user, origin }) => {
          const version = expectedVersion(headers)
          const task = await transaction((tx) => change(tx, user.user_id, params.id, version), origin)
          return task ? { status: 200, body: task, headers: versionHeaders(task) } : { status: 204 }
        },
      }),
    )
