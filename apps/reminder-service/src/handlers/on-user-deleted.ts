import type { userDeleted } from '@taskflow/event-contracts'
import type { Handler } from '@taskflow/service-kit'
import { forgetTasksOf } from '../domain/projection.ts'

/** The reminders of a deleted account are deleted with it. */
export const onUserDeleted: Handler<typeof userDeleted> = async ({ user_id }, tx) => {
  if (user_id) await forgetTasksOf(tx, user_id)
}
