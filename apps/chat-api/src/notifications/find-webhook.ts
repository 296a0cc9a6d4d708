import { webhooks } from '@taskflow/database'
import { type Database, Problem, type Tx } from '@taskflow/service-kit'
import { eq } from 'drizzle-orm'

/** A person's webhook. Problem 404. */
export const findWebhook = async (db: Database | Tx, user_id: string): Promise<typeof webhooks.$inferSelect> => {
  const [webhook] = await db.select().from(webhooks).where(eq(webhooks.user_id, user_id))
  if (!webhook) throw new Problem('not-found', 'you have registered no webhook')
  return webhook
}
