import { ledger, sentCounts } from '@taskflow/database'
import type { userDeleted } from '@taskflow/event-contracts'
import type { Handler } from '@taskflow/service-kit'
import { eq, inArray } from 'drizzle-orm'
import { subjectsOf } from '../domain/limits.ts'

/** Notifications are kept no longer than their person's account. */
export const onUserDeleted: Handler<typeof userDeleted> = async ({ user_id }, tx) => {
  if (!user_id) return
  await tx.delete(ledger).where(eq(ledger.user_id, user_id))
  await tx.delete(sentCounts).where(inArray(sentCounts.subject, subjectsOf(user_id)))
}
