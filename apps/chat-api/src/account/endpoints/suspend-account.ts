import { users } from '@taskflow/database'
import { endpoint, Problem, type Tx } from '@taskflow/service-kit'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { AccountDeps } from '../deps.ts'
import { recordAccountAction } from '../record-account-action.ts'
import { endAllSessions } from '../session-list.ts'

const params = z.object({ id: z.uuid() })
const path = '/api/v1/admin/users/:id'

/** Problem 404 when there is no such account. */
const setSuspended = async (tx: Tx, id: string, suspended_at: string | null): Promise<void> => {
  const { rowCount } = await tx.update(users).set({ suspended_at }).where(eq(users.id, id))
  if (!rowCount) throw new Problem('not-found', 'there is no such account')
}

export const suspendAccount = ({ transaction, authentication, clock }: AccountDeps) =>
  endpoint({
    method: 'post',
    path: `${path}/suspend`,
    summary: 'Suspend an account: nobody signs in to it, its tokens are refused within 10 s, nothing is sent for it',
    access: 'admin',
    params,
    problems: [409],
    answers: { 204: null },
    handle: async ({ params: { id }, user, origin }) => {
      if (id === user.user_id) throw new Problem('conflict', 'you cannot suspend your own account')
      const ended = await transaction(async (tx) => {
        await setSuspended(tx, id, clock.now().toString())
        await recordAccountAction(tx, id, { action: 'account_suspended', actor: 'operator' })
        return endAllSessions(tx, id)
      }, origin)
      authentication.forgetSessions(ended)
      return { status: 204 }
    },
  })

export const resumeAccount = ({ transaction }: AccountDeps) =>
  endpoint({
    method: 'post',
    path: `${path}/resume`,
    summary: 'End the suspension of an account',
    access: 'admin',
    params,
    answers: { 204: null },
    handle: async ({ params: { id }, origin }) => {
      await transaction(async (tx) => {
        await setSuspended(tx, id, null)
        await recordAccountAction(tx, id, { action: 'account_reinstated', actor: 'operator' })
      }, origin)
      return { status: 204 }
    },
  })

export const endSessionsOf = ({ transaction, authentication }: AccountDeps) =>
  endpoint({
    method: 'delete',
    path: `${path}/sessions`,
    summary: 'Sign an account out everywhere',
    access: 'admin',
    params,
    answers: { 204: null },
    handle: async ({ params: { id }, origin }) => {
      const ended = await transaction(async (tx) => {
        const session_ids = await endAllSessions(tx, id)
        const details = { session_ids }
        if (session_ids.length > 0)
          await recordAccountAction(tx, id, { action: 'sessions_ended', actor: 'operator', details })
        return session_ids
      }, origin)
      authentication.forgetSessions(ended)
      return { status: 204 }
    },
  })
