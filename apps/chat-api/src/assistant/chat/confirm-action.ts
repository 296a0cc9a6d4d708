import type { ChatActionRow } from '@taskflow/database'
import { Problem } from '@taskflow/service-kit'
import type { AssistantDeps } from '../deps.ts'
import type { Caller } from '../tools/tool.ts'
import { findAction, hasExpired, lockAction, settle } from './actions.ts'
import { inOneTransaction, runWithin } from './perform.ts'

const conflict = (detail: string) => new Problem('conflict', detail)

/** Problem 409 unless the action waits for the person. */
const requireWaiting = (action: ChatActionRow, now: Temporal.Instant): void => {
  if (action.state !== 'pending')
    throw conflict(`this was ${action.state === 'done' ? 'confirmed' : action.state} already`)
  if (hasExpired(action, now)) throw conflict('this has waited for too long; ask for it again')
}

/**
 * Does what waited for the person, once: whoever confirms again gets the first result. Problems: 404, 409 when it was
 * cancelled, undone or has expired, and those of the tool, after which it waits on.
 */
export const confirmAction = async (deps: AssistantDeps, caller: Caller, id: string): Promise<ChatActionRow> => {
  const { user_id } = caller.user
  const { tool, input } = await findAction(deps.db, user_id, id)
  const call = { tool, input }
  return inOneTransaction(deps, caller, [call], async (tx) => {
    const action = await lockAction(tx, user_id, id)
    if (action.state === 'done') return action
    requireWaiting(action, deps.clock.now())
    if (!deps.signer.isSigned(action))
      throw conflict('this is not what was shown when it was asked for; ask for it again')
    const { output, undo } = await runWithin(deps, tx, call, caller)
    return settle(tx, action, { state: 'done', output, undo })
  })
}

/** Lets it be. Problems: 404, 409 when it does not wait any more. */
export const cancelAction = (
  { transaction, clock }: AssistantDeps,
  { user, origin }: Caller,
  id: string,
): Promise<ChatActionRow> =>
  transaction(async (tx) => {
    const action = await lockAction(tx, user.user_id, id)
    if (action.state === 'cancelled') return action
    requireWaiting(action, clock.now())
    return settle(tx, action, { state: 'cancelled' })
  }, origin)
