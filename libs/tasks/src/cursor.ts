import { invalid } from '@taskflow/service-kit'
import { z } from 'zod'

/** Where a page ended: the last record of a list that runs from the newest to the oldest. */
export const writeCursor = ({ created_at, id }: { created_at: string; id: string }): string =>
  Buffer.from(JSON.stringify([created_at, id])).toString('base64url')

const content = z.tuple([z.iso.datetime(), z.uuid()])

/** Problem 422 when the text is none of our cursors. */
export const readCursor = (cursor: string): [created_at: string, id: string] => {
  try {
    return content.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
  } catch {
    throw invalid('cursor', 'is not a cursor of this list; begin again without one')
  }
}
