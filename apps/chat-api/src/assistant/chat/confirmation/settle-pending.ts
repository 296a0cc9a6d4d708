import type { ChatActionRow } from '@taskflow/database'
import { Problem } from '@taskflow/service-kit'
import type { AssistantDeps } from '../../deps.ts'
import { inToolTransaction, readStoredCall, runWriteTool } from '../../tools/run-tool.ts'
import type { Caller } from '../../tools/tool.ts'
import { findAction, hasExpired, lockAction, settle } from '../actions.ts'

const conflict = (detail: string) => new Problem('conflict', detail)

/**
 * Does what was pending, once: confirming it again returns the first result. Problems: 404, 409 when it was cancelled,
 * undone or has expired, and those of the tool, after which it is still pending.
 */
export const confirmPending = async (deps: AssistantDeps, caller: Caller, id: string): Promise<ChatActionRow> => {
  const { user_id } = caller.user
  const found = await findAction(deps.db, user_id, id)
  if (found.state === 'done') return found
  requireAsShown(deps, found)
  const { tool, input, touched } = readStoredCall(deps.tools, found)
  return inToolTransaction(deps, caller, touched.tasks, async (tx) => {
    const action = await lockAction(tx, user_id, id)
    if (action.state === 'done') return action
    requireAsShown(deps, action)
    const { output, undo } = await runWriteTool(tx, tool, input, caller)
    return settle(tx, action, { state: 'done', output, undo })
  })
}

/** Declines a pending action. Problems: 404, 409 when it is not pending any more. */
export const cancelPending = (
  { transaction, clock }: AssistantDeps,
  { user, origin }: Caller,
  id: string,
): Promise<ChatActionRow> =>
  transaction(async (tx) => {
    const action = await lockAction(tx, user.user_id, id)
    if (action.state === 'cancelled') return action
    requirePending(action, clock.now())
    return settle(tx, action, { state: 'cancelled' })
  }, origin)

/** Problem 409 unless the action is pending and what the person saw. */
const requireAsShown = ({ clock, signer }: AssistantDeps, action: ChatActionRow): void => {
  requirePending(action, clock.now())
  if (!signer.isSigned(action)) throw conflict('this is not what was shown when it was asked for; ask for it again')
}

/** Problem 409 unless the action can still be confirmed or cancelled. */
const requirePending = (action: ChatActionRow, now: Temporal.Instant): void => {
  if (action.state !== 'pending')
    throw conflict(`this was ${action.state === 'done' ? 'confirmed' : action.state} already`)
  if (hasExpired(action, now)) throw conflict('this has waited for too long; ask for it again')
}
