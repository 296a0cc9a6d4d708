import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import * as tasks from '@taskflow/tasks'
import { taskAnswer } from '../../http/schemas.ts'
import { expectedVersion, versionHeaders } from '../../http/version-headers.ts'
import { reminderParams } from './reminder-params.ts'

export const dismissReminder = ({ transaction }: BaseDeps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/tasks/:id/reminders/:reminder_id/dismiss',
    summary: 'Dismiss a reminder; repeating it changes nothing',
    access: 'user',
    params: reminderParams,
    answers: { 200: taskAnswer },
    handle: async ({ params: { id, reminder_id }, headers, user, origin }) => {
      const version = expectedVersion(headers)
      const task = await transaction((tx) => tasks.dismissReminder(tx, user.user_id, id, reminder_id, version), origin)
      return { status: 200, body: task, headers: versionHeaders(task) }
    },
  })
