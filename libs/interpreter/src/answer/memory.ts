import type { QuickTask } from '@taskflow/quick-add'
import type { Output, ToolCall } from '../conversation.ts'
import type { Act } from '../grammar/intent.ts'
import type { Item } from './tasks.ts'

/** A question that was asked, and what it was asked for. */
export type Pending =
  | { asks: 'which'; act: Act; candidates: Item[] }
  /** When a task, which is known, is to be moved, snoozed or reminded of. */
  | { asks: 'when'; act: Act; items: Item[] }
  | { asks: 'remind when'; task: QuickTask }
  | { asks: 'title' }

/** What stays in mind from one turn to the next. */
export interface Memory {
  pending?: Pending
  /** What was shown last, in its order. */
  shown: Item[]
  /** What was deleted in this conversation. */
  deleted: Item[]
  /** What waits for a confirmation. */
  waiting?: string
}

export const nothing: Memory = { shown: [], deleted: [] }

export interface Reply {
  text: string
  memory: Memory
}

/** Work that calls tools: it yields calls and is given what they answered. */
export type Steps<Result> = Generator<ToolCall[], Result, Output[]>

export function* callOne(tool: string, input: ToolCall['input']): Steps<Output> {
  const [output] = yield [{ tool, input }]
  return output!
}
