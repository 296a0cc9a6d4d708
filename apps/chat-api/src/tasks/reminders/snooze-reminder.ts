import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import * as tasks from '@taskflow/tasks'
import { taskAnswer } from '../../http/schemas.ts'
import { expectedVersion, versionHeaders } from '../../http/version-headers.ts'
import { reminderParams } from './reminder-params.ts'

export const snoozeReminder = ({ transaction }: BaseDeps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/tasks/:id/reminders/:reminder_id/snooze',
    summary: 'Put a reminder off',
    access: 'user',
    params: reminderParams,
    body: tasks.snoozeInput.meta({ id: 'Snooze' }),
    answers: { 200: taskAnswer },
    handle: async ({ params: { id, reminder_id }, body, headers, user, origin }) => {
      const version = expectedVersion(headers)
      const task = await transaction(
        (tx) => tasks.snoozeReminder(tx, user.user_id, id, reminder_id, body, version),
        origin,
      )
      return { status: 200, body: task, headers: versionHeaders(task) }
    },
  })
