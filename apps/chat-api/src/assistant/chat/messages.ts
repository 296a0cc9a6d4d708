import type { UIMessage } from 'ai'
import type { ShownAction } from './actions.ts'

/** What a message says of itself. */
export interface MessageFacts {
  conversation_id: string
  created_at: string
  /** Of an answer: who gave it. */
  answered_by?: 'model' | 'interpreter'
}

/** A message as the AI SDK has it, with the parts that are ours. */
export type ChatMessage = UIMessage<MessageFacts, { action: ShownAction; notice: { text: string } }>

export const textOf = ({ parts }: ChatMessage): string =>
  parts.flatMap((part) => (part.type === 'text' ? part.text : [])).join('\n')

/** The newest of these messages that fit, beginning with one of the person: half a turn would mislead whoever reads it. */
export const newestThatFit = (messages: ChatMessage[], characters: number): ChatMessage[] => {
  let size = 0
  let begin = messages.length
  for (let index = messages.length - 1; index >= 0; index--) {
    size += JSON.stringify(messages[index]).length
    // The last of the person is there in any case.
    if (size > characters && begin < messages.length) break
    if (messages[index]!.role === 'user') begin = index
  }
  return messages.slice(begin)
}
