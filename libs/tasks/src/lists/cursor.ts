import { createHash } from 'node:crypto'
import { invalid } from '@taskflow/service-kit'
import type { z } from 'zod'

/**
 * Where a page ended: `last` holds the values its last record is sorted by, its id at the end. `list` identifies the
 * list (its name, filter and order), so that a cursor is accepted only by the list it came from.
 */
export const writeCursor = (list: unknown[], last: unknown[]): string =>
  Buffer.from(JSON.stringify([fingerprintOf(list), ...last])).toString('base64url')

/** The `last` values of a cursor. Problem 422 when it is not a cursor of this list. */
export const readCursor = <Last>(list: unknown[], last: z.ZodType<Last>, cursor: string): Last => {
  const [fingerprint, ...rest] = parsed(cursor)
  const found = last.safeParse(rest)
  if (fingerprint === fingerprintOf(list) && found.success) return found.data
  throw invalid('cursor', 'is not a cursor of this list; begin again without one')
}

const fingerprintOf = (list: unknown[]): string =>
  createHash('sha256').update(JSON.stringify(list)).digest('base64url').slice(0, 8)

const parsed = (cursor: string): unknown[] => {
  try {
    const content = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return Array.isArray(content) ? content : []
  } catch {
    return []
  }
}
