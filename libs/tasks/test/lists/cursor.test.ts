import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { readCursor, writeCursor } from '../../src/lists/cursor.ts'
import { assertRefused } from '../refused.ts'

const last = z.tuple([z.string(), z.number()])

test('a cursor is read by the list that wrote it, and by no other', () => {
  const cursor = writeCursor(['tasks', { tag: 'home' }], ['a', 1])
  assert.deepEqual(readCursor(['tasks', { tag: 'home' }], last, cursor), ['a', 1])
  assertRefused(() => readCursor(['tasks', { tag: 'work' }], last, cursor), 422, 'cursor')
})

test('what is no cursor is refused', () => {
  for (const text of ['', 'x', Buffer.from('{}').toString('base64url'), writeCursor(['tasks'], ['a', 'b'])])
    assertRefused(() => readCursor(['tasks'], last, text), 422, 'cursor')
})
