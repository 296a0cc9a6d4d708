import type { QuickTask } from '@taskflow/quick-add'
import type { Output, ToolCall } from '../conversation.ts'
import type { Act } from '../grammar/intent.ts'
import type { Item } from './tasks.ts'

/** A question to the user and its purpose. */
export type Pending =
  | { asks: 'which'; act: Act; candidates: Item[] }
  /** When to move, snooze or remind of a known task. */
  | { asks: 'when'; act: Act; items: Item[] }
  | { asks: 'remind when'; task: QuickTask }
  | { asks: 'title' }

/** State that is kept from one turn to the next. */
export interface Memory {
  pending?: Pending
  /** The items shown last, in order. */
  shown: Item[]
  /** Tasks deleted in this conversation. */
  deleted: Item[]
  /** The act that is pending confirmation. */
  waiting?: string
}

export const nothing: Memory = { shown: [], deleted: [] }

export interface Reply {
  text: string
  memory: Memory
}

/** A generator that yields tool calls and receives their outputs. */
export type Steps<Result> = Generator<ToolCall[], Result, Output[]>

export function* callOne(tool: string, input: ToolCall['input']): Steps<Output> {
  const [output] = yield [{ tool, input }]
  return output!
}
