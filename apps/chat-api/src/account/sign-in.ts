import type { IncomingHttpHeaders } from 'node:http'
import type { Tx } from '@taskflow/service-kit'
import { recordFailedSignIns } from './failed-sign-ins.ts'
import { notifyAccountChange } from './mail/notify-account-change.ts'
import { recordAccountAction } from './record-account-action.ts'
import { hasSessionIn } from './session-list.ts'
import { beginSession, deviceOf, type Session } from './sessions.ts'

/**
 * Begins a session of a person who has proved who they are, records it with the failed tries before it, and mails a
 * notice of a sign-in from where there was none: `known` is the browser's id, if it has signed in before.
 */
export const signIn = async (
  tx: Tx,
  user_id: string,
  from: {
    method: 'password' | 'passkey' | 'openid'
    headers: IncomingHttpHeaders
    address: string
    known: string | undefined
  },
): Promise<Session> => {
  const { method, headers } = from
  const device = deviceOf(from)
  const { user_agent, network } = device
  const isNew = from.known === undefined && !(network && (await hasSessionIn(tx, user_id, network)))
  const session = await beginSession(tx, user_id, device)
  await recordFailedSignIns(tx, user_id)
  const details = { method, session_id: session.session_id }
  await recordAccountAction(tx, user_id, { action: 'signed_in', actor: 'person', headers, details })
  if (isNew) {
    const seen = { device: user_agent ?? 'an unknown program', network: network ?? 'unknown' }
    await notifyAccountChange(tx, user_id, 'new-sign-in', seen)
  }
  return session
}
