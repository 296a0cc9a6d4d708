import type { IncomingHttpHeaders } from 'node:http'
import { type AccountAction, type AccountActor, accountActed } from '@taskflow/event-contracts'
import type { Principal, Tx } from '@taskflow/service-kit'
import { appendUserEvent } from './user-events.ts'

/** Characters kept of the name of a client, and of a text in the details. */
const maxText = 300
const maxListed = 20

type Detail = string | number | boolean | null | readonly string[]

/** What happened to an account. Details are small facts, never a secret: they are kept for good. */
export interface AccountAct {
  action: AccountAction
  actor: AccountActor
  /** Of the request; without them the client is unknown. */
  headers?: IncomingHttpHeaders | undefined
  details?: Record<string, Detail>
}

/**
 * Publishes what happened to a person's account, for the audit log, in the transaction of what it reports. The network
 * address comes from the transaction's origin. Name, address and details are encrypted there under the person's key.
 */
export const recordAccountAction = (
  tx: Tx,
  user_id: string,
  { action, actor, headers, details = {} }: AccountAct,
): Promise<void> =>
  appendUserEvent(tx, accountActed, user_id, {
    action,
    actor,
    user_agent: userAgentOf(headers),
    details: Object.fromEntries(Object.entries(details).map(([name, value]) => [name, shortened(value)])),
  })

/** As which kind of caller a user made a request. */
export const actorOf = ({ session_id }: Principal): AccountActor => (session_id === undefined ? 'api_token' : 'person')

export const userAgentOf = (headers: IncomingHttpHeaders | undefined): string | null =>
  headers?.['user-agent']?.slice(0, maxText) ?? null

const shortened = (value: Detail) => {
  if (typeof value === 'string') return value.slice(0, maxText)
  if (typeof value !== 'object' || value === null) return value
  return value.slice(0, maxListed).map((each) => each.slice(0, maxText))
}
