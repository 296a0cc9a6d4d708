import type { ChatActionRow } from '@taskflow/database'
import { convertToModelMessages, isToolUIPart, type ModelMessage } from 'ai'
import { hasExpired } from '../actions.ts'
import { type ChatMessage, newestThatFit } from '../messages.ts'
import { truncateOutput } from './truncate-output.ts'

/** Characters of the conversation that the model sees; older messages are left out. */
const maxPromptLength = 40_000
/** Characters of a confirmed action's output. */
const maxOutputLength = 4_000

/** A conversation as the model sees it: calls that needed a confirmation have their outcome as output. */
export const promptOf = (
  messages: ChatMessage[],
  actions: ChatActionRow[],
  now: Temporal.Instant,
): Promise<ModelMessage[]> => {
  const byId = new Map(actions.map((action) => [action.id, action]))
  const shown = newestThatFit(messages, maxPromptLength).map((message) => ({
    ...message,
    parts: message.parts.map((part) => {
      if (!isToolUIPart(part) || part.state !== 'output-available') return part
      const action = byId.get(actionIdIn(part.output) ?? '')
      return action ? { ...part, output: outcomeOf(action, now) } : part
    }),
  }))
  return convertToModelMessages(shown, { ignoreIncompleteToolCalls: true })
}

const actionIdIn = (output: unknown): string | undefined => (output as { action_id?: string } | null)?.action_id

const outcomeOf = (action: ChatActionRow, now: Temporal.Instant) => {
  const { id: action_id, summary, state, output, expires_at } = action
  if (state === 'pending') {
    const status = hasExpired(action, now) ? 'expired' : 'waiting_for_confirmation'
    return { status, action_id, expires_at, summary }
  }
  const status = { done: 'confirmed', cancelled: 'cancelled', undone: 'confirmed_and_undone' }[state]
  return { status, action_id, summary, ...(output ? { output: truncateOutput(output, maxOutputLength) } : {}) }
}
