import type { ChatActionRow, ChatConversationRow } from '@taskflow/database'
import { showAction } from './actions.ts'
import { isRunning } from './conversations.ts'
import type { ChatMessage } from './messages.ts'

const interrupted =
  'This answer was interrupted. What was done before is shown here and stays; say again what is left to do.'

/**
 * The messages of a conversation as of now: with the current state of each action, and with what was done in place of a
 * reply whose process died before it was stored.
 */
export const currentMessages = (
  messages: ChatMessage[],
  { id: conversation_id, turn_id, turn_until, updated_at }: ChatConversationRow,
  actions: ChatActionRow[],
  now: Temporal.Instant,
): ChatMessage[] => {
  const shown = new Map(actions.map((action) => [action.id, showAction(action, now)]))
  const current = messages.map((message) => ({
    ...message,
    parts: message.parts.map((part) =>
      part.type === 'data-action' ? { ...part, data: shown.get(part.data.id) ?? part.data } : part,
    ),
  }))
  const isLost = turn_id !== null && !isRunning({ turn_until }, now) && messages.every(({ id }) => id !== turn_id)
  if (!isLost) return current
  const done = actions.filter((action) => action.turn_id === turn_id)
  return [
    ...current,
    {
      id: turn_id,
      role: 'assistant',
      metadata: { conversation_id, created_at: updated_at },
      parts: [
        ...done.map(({ id }) => ({ type: 'data-action' as const, id, data: shown.get(id)! })),
        { type: 'text', text: interrupted },
      ],
    },
  ]
}
