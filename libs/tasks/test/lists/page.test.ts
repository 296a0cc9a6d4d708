import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toPage } from '../../src/lists/page.ts'

test('a page has a next one when the query found a row more than it holds; the cursor names its last row', () => {
  const page = (rows: number[]) => toPage(rows, 2, (last) => `after ${last}`)
  assert.deepEqual(page([1, 2, 3]), { data: [1, 2], next_cursor: 'after 2' })
  assert.deepEqual(page([1, 2]), { data: [1, 2], next_cursor: null })
  assert.deepEqual(page([]), { data: [], next_cursor: null })
})
