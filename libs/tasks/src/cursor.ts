import { createHash } from 'node:crypto'
import { invalid } from '@taskflow/service-kit'
import type { z } from 'zod'

/**
 * Where a page ended: `last` is what its last record is sorted by, its id at the end. `list` tells this list from all
 * others (its name, filter and order), so that a cursor leads on only where it came from.
 */
export const writeCursor = (list: unknown[], last: unknown[]): string =>
  Buffer.from(JSON.stringify([markOf(list), ...last])).toString('base64url')

/** What was written. Problem 422 when the text is no cursor of this list. */
export const readCursor = <Last>(list: unknown[], last: z.ZodType<Last>, cursor: string): Last => {
  const [mark, ...rest] = parsed(cursor)
  const found = last.safeParse(rest)
  if (mark === markOf(list) && found.success) return found.data
  throw invalid('cursor', 'is not a cursor of this list; begin again without one')
}

const markOf = (list: unknown[]): string =>
  createHash('sha256').update(JSON.stringify(list)).digest('base64url').slice(0, 8)

const parsed = (cursor: string): unknown[] => {
  try {
    const content = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return Array.isArray(content) ? content : []
  } catch {
    return []
  }
}
