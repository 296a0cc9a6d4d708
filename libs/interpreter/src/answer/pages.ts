import type { ToolCall } from '../conversation.ts'
import { callOne, type Steps } from './memory.ts'
import { type Found, type Item, itemsIn } from './tasks.ts'

/** Limits: tasks per page of a tool, and pages per turn. */
const size = 20
const maxPages = 5

/** All items that a tool lists under a name, page by page, up to 100; or why it could not be read. */
export function* readPages(tool: string, input: ToolCall['input'], name: string): Steps<Found | { failed: string }> {
  const items: Item[] = []
  let cursor: string | undefined
  for (let page = 0; page < maxPages; page++) {
    const output = yield* callOne(tool, { ...input, limit: size, ...(cursor ? { cursor } : {}) })
    const found = itemsIn(output, name)
    if (!found) return { failed: output.is === 'failed' ? output.reason : 'its answer could not be read' }
    items.push(...found.items)
    const next = output.is === 'done' && output.value.cut === undefined ? output.value.next_cursor : undefined
    if (typeof next !== 'string') return { ...found, items }
    cursor = next
  }
  return { items, isComplete: false, isFuzzy: false }
}
