import type { ChatActionRow } from '@taskflow/database'
import { convertToModelMessages, isToolUIPart, type ModelMessage, type ToolSet } from 'ai'
import { hasExpired } from './actions.ts'
import { fitOutput } from './fit-output.ts'
import { type ChatMessage, newestThatFit } from './messages.ts'

/** As much of the conversation is shown to the model; older messages are left out. */
const most = 40_000
/** Of what a confirmed action answered. */
const mostOfOutput = 4_000

/** What the model sees of a conversation: calls that waited for a confirmation with what became of them. */
export const promptOf = (
  messages: ChatMessage[],
  actions: ChatActionRow[],
  tools: ToolSet,
  now: Temporal.Instant,
): Promise<ModelMessage[]> => {
  const byId = new Map(actions.map((action) => [action.id, action]))
  const shown = newestThatFit(messages, most).map((message) => ({
    ...message,
    parts: message.parts.map((part) => {
      if (!isToolUIPart(part) || part.state !== 'output-available') return part
      const action = byId.get(waitingFor(part.output) ?? '')
      return action ? { ...part, output: outcomeOf(action, now) } : part
    }),
  }))
  return convertToModelMessages(shown, { tools, ignoreIncompleteToolCalls: true })
}

const waitingFor = (output: unknown): string | undefined => (output as { action_id?: string } | null)?.action_id

const outcomeOf = (action: ChatActionRow, now: Temporal.Instant) => {
  const { id: action_id, summary, state, output, expires_at } = action
  if (state === 'pending') {
    const status = hasExpired(action, now) ? 'expired' : 'waiting_for_confirmation'
    return { status, action_id, expires_at, summary }
  }
  const status = { done: 'confirmed', cancelled: 'cancelled', undone: 'confirmed_and_undone' }[state]
  return { status, action_id, summary, ...(output ? { output: fitOutput(output, mostOfOutput) } : {}) }
}
