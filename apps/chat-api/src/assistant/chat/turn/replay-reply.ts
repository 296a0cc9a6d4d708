import { getToolName, type InferUIMessageChunk, isToolUIPart } from 'ai'
import type { ChatMessage } from '../messages.ts'

/** The chunks of a stored reply, as they were streamed. */
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
