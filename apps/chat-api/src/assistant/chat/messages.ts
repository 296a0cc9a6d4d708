import type { UIMessage } from 'ai'
import type { ShownAction } from './actions.ts'

export interface MessageMetadata {
  conversation_id: string
  created_at: string
  /** Who wrote a reply. */
  answered_by?: 'model' | 'interpreter'
}

/** A message of the AI SDK, with parts for actions and notices. */
export type ChatMessage = UIMessage<MessageMetadata, { action: ShownAction; notice: { text: string } }>

export const textOf = ({ parts }: ChatMessage): string =>
  parts.flatMap((part) => (part.type === 'text' ? part.text : [])).join('\n')

/** The newest messages that fit, starting with a user message: a reply without its question would mislead. */
export const newestThatFit = (messages: ChatMessage[], characters: number): ChatMessage[] => {
  let size = 0
  let begin = messages.length
  for (let index = messages.length - 1; index >= 0; index--) {
    size += JSON.stringify(messages[index]).length
    // The latest user message is always included.
    if (size > characters && begin < messages.length) break
    if (messages[index]!.role === 'user') begin = index
  }
  return messages.slice(begin)
}
