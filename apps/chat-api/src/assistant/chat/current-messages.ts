import type { ChatActionRow, ChatConversationRow } from '@taskflow/database'
import { getToolName, type InferUIMessageChunk, isToolUIPart } from 'ai'
import { showAction } from './actions.ts'
import { isRunning } from './conversations.ts'
import type { ChatMessage } from './messages.ts'

const interrupted =
  'This answer was interrupted. What was done before is shown here and stays; say again what is left to do.'

/**
 * The messages of a conversation as they are now: actions with what became of them, and in the place of an answer whose
 * process died before it was stored what that had done.
 */
export const messagesNow = (
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

/** An answer that is stored, as the stream in which it came. */
export const chunksOf = (message: ChatMessage): InferUIMessageChunk<ChatMessage>[] => [
  { type: 'start', messageId: message.id, ...(message.metadata ? { messageMetadata: message.metadata } : {}) },
  ...message.parts.flatMap((part, index): InferUIMessageChunk<ChatMessage>[] => {
    const id = String(index)
    if (part.type === 'step-start') return [{ type: 'start-step' }]
    if (part.type === 'text') {
      return [
        { type: 'text-start', id },
        { type: 'text-delta', id, delta: part.text },
        { type: 'text-end', id },
      ]
    }
    if (part.type === 'data-action') return [{ type: 'data-action', id: part.data.id, data: part.data }]
    if (part.type === 'data-notice') return [{ type: 'data-notice', data: part.data }]
    if (!isToolUIPart(part)) return []
    const { toolCallId, input } = part
    const dynamic = part.type === 'dynamic-tool'
    const call = {
      toolCallId,
      toolName: getToolName(part),
      input,
      dynamic,
      ...(part.title ? { title: part.title } : {}),
    }
    if (part.state === 'output-error') return [{ type: 'tool-input-error', ...call, errorText: part.errorText }]
    if (part.state !== 'output-available') return []
    return [
      { type: 'tool-input-available', ...call },
      { type: 'tool-output-available', toolCallId, output: part.output, dynamic },
    ]
  }),
  { type: 'finish' },
]
