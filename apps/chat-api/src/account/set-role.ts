import { apiTokens, users } from '@taskflow/database'
import type { Principal, Tx } from '@taskflow/service-kit'
import { and, arrayContains, eq, sql } from 'drizzle-orm'
import { recordAccountAction } from './record-account-action.ts'

interface RoleChange {
  email: string
  /** Whether the account had another role before; if not, nothing was changed. */
  changed: boolean
  /** API tokens that have lost the scope admin for good; those without another scope are deleted. */
  limitedTokens: number
}

/**
 * Gives an account a role, or takes the admin role back, and publishes that for the audit log. Nobody gets a role by an
 * address that they have not confirmed: somebody else may have signed up with it. A role that is given again gives no old token its scope back.
 */
export const setRole = async (
  tx: Tx,
  address: string,
  role: Principal['role'],
): Promise<RoleChange | 'unknown' | 'unconfirmed'> => {
  const [user] = await tx
    .select({ id: users.id, email: users.email, role: users.role, confirmed_at: users.email_confirmed_at })
    .from(users)
    .where(eq(sql`lower(${users.email})`, address.toLowerCase()))
    .for('update')
  if (!user) return 'unknown'
  const { id, email } = user
  if (user.role === role) return { email, changed: false, limitedTokens: 0 }
  if (role === 'admin' && user.confirmed_at === null) return 'unconfirmed'
  await tx.update(users).set({ role }).where(eq(users.id, id))
  const limitedTokens = role === 'admin' ? 0 : await limitTokens(tx, id)
  await recordAccountAction(tx, id, {
    action: role === 'admin' ? 'role_granted' : 'role_revoked',
    actor: 'operator',
    details: { role: 'admin', ...(role === 'admin' ? {} : { limited_tokens: limitedTokens }) },
  })
  return { email, changed: true, limitedTokens }
}

const limitTokens = async (tx: Tx, user_id: string): Promise<number> => {
  const { rowCount } = await tx
    .update(apiTokens)
    .set({ scopes: sql`array_remove(${apiTokens.scopes}, 'admin')` })
    .where(and(eq(apiTokens.user_id, user_id), arrayContains(apiTokens.scopes, ['admin'])))
  await tx.delete(apiTokens).where(and(eq(apiTokens.user_id, user_id), eq(apiTokens.scopes, [])))
  return rowCount ?? 0
}
