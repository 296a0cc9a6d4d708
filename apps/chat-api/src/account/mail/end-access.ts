import { passkeys, secondFactors, webhooks } from '@taskflow/database'
import type { Tx } from '@taskflow/service-kit'
import { eq } from 'drizzle-orm'
import type { Authentication } from '../authentication.ts'
import { revokeAccess } from '../revoke-access.ts'
import { endAllSessions } from '../session-list.ts'

/** What of a person's access has ended. */
export interface EndedAccess {
  sessions: string[]
  apiTokens: string[]
}

/** Ends all sessions of a person and, as chosen, what programs use. */
export const endAccess = async (
  tx: Tx,
  user_id: string,
  also: Parameters<typeof revokeAccess>[2] = [],
): Promise<EndedAccess> => ({
  sessions: await endAllSessions(tx, user_id),
  apiTokens: await revokeAccess(tx, user_id, also),
})

/** Ends everything that could act for an account, or get in the way of its owner: somebody else may have set it up. */
export const endAllAccess = async (tx: Tx, user_id: string): Promise<EndedAccess> => {
  // Recovery codes go with the second factor.
  for (const table of [passkeys, secondFactors, webhooks]) {
    await tx.delete(table).where(eq(table.user_id, user_id))
  }
  return endAccess(tx, user_id, ['api_tokens', 'apps', 'calendar_feed', 'linked_accounts'])
}

/** Call it after the commit: this replica refuses at once what has ended. */
export const forgetAccess = (authentication: Authentication, { sessions, apiTokens }: EndedAccess): void => {
  authentication.forgetSessions(sessions)
  apiTokens.forEach(authentication.forgetApiToken)
}
