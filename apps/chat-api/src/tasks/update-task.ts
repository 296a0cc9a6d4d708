import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import * as tasks from '@taskflow/tasks'
import { z } from 'zod'
import { returnMinimal } from '../http/return-minimal.ts'
import { idParams, taskAnswer, withNotes } from '../http/schemas.ts'
import { expectedVersion, versionHeaders } from '../http/version-headers.ts'

export const updateTask = ({ transaction }: BaseDeps) =>
  returnMinimal(
    endpoint({
      method: 'patch',
      path: '/api/v1/tasks/:id',
      summary: 'Change the given fields of a task',
      access: 'user',
      headers: ['If-Match'],
      params: idParams,
      query: z.strictObject({ scope: tasks.changeScope.optional() }),
      body: tasks.taskPatchInput.meta({ id: 'TaskPatch' }),
      answers: { 200: taskAnswer },
      handle: async ({ params, query: { scope }, body, headers, user, origin }) => {
        const options = { scope, expectedVersion: expectedVersion(headers) }
        const task = await transaction((tx) => tasks.updateTask(tx, user.user_id, params.id, body, options), origin)
        const notes = body.recurrence_rule == null ? [] : tasks.notesOnTask(task)
        return { status: 200, body: withNotes(task, notes), headers: versionHeaders(task) }
      },
    }),
  )
