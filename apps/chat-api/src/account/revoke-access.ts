import { apiTokens, calendarFeeds, oauthState, openidLinks } from '@taskflow/database'
import type { Tx } from '@taskflow/service-kit'
import { eq } from 'drizzle-orm'
import { z } from 'zod'

/** What gives access without the password, and may be taken back together with a password. */
export const revocable = z
  .array(z.enum(['api_tokens', 'apps', 'calendar_feed', 'linked_accounts']))
  .default([])
  .meta({ description: 'what else to take back: it does not depend on the password' })

/** Takes it back; returns the hashes of the API tokens. */
export const revokeAccess = async (tx: Tx, user_id: string, what: z.infer<typeof revocable>): Promise<string[]> => {
  if (what.includes('calendar_feed')) await tx.delete(calendarFeeds).where(eq(calendarFeeds.user_id, user_id))
  if (what.includes('apps')) await tx.delete(oauthState).where(eq(oauthState.user_id, user_id))
  if (what.includes('linked_accounts')) await tx.delete(openidLinks).where(eq(openidLinks.user_id, user_id))
  if (!what.includes('api_tokens')) return []
  const revoked = await tx.delete(apiTokens).where(eq(apiTokens.user_id, user_id)).returning({ hash: apiTokens.hash })
  return revoked.map(({ hash }) => hash)
}
