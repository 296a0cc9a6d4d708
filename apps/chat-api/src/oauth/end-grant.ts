import { oauthState } from '@taskflow/database'
import type { Transaction } from '@taskflow/service-kit'
import { and, eq } from 'drizzle-orm'
import { recordAccountAction } from '../account/record-account-action.ts'
import { hashOf } from '../account/secret-tokens.ts'
import { servedRequest } from './served-request.ts'

/**
 * Ends a grant as oidc-provider does: when the app takes its own token back, or when a code or token is used twice. Its
 * tokens are worth nothing without it. The owner is shown both.
 */
export const endGrant = (transaction: Transaction, grantId: string): Promise<void> => {
  const { path, origin, headers } = servedRequest() ?? {}
  return transaction(async (tx) => {
    const [grant] = await tx
      .delete(oauthState)
      .where(and(eq(oauthState.model, 'Grant'), eq(oauthState.id, hashOf(grantId))))
      .returning({ user_id: oauthState.user_id, about: oauthState.about })
    if (!grant?.user_id) return
    const app = { app: grant.about?.name ?? '', host: grant.about?.host ?? '' }
    await recordAccountAction(tx, grant.user_id, {
      action: 'app_disconnected',
      headers,
      ...(path === '/oauth/revoke'
        ? { actor: 'app', details: app }
        : { actor: 'system', details: { ...app, what: 'a code or token was used twice' } }),
    })
  }, origin)
}
