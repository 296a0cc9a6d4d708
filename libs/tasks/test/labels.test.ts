import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renameTag } from '../src/labels.ts'

test('a tag is renamed in its place, removed, or merged into one that is there', () => {
  assert.deepEqual(renameTag(['a', 'b', 'c'], 'b', 'x'), ['a', 'x', 'c'])
  assert.deepEqual(renameTag(['a', 'b', 'c'], 'b', null), ['a', 'c'])
  assert.deepEqual(renameTag(['a', 'b', 'c'], 'b', 'c'), ['a', 'c'])
  assert.deepEqual(renameTag(['a'], 'b', 'x'), ['a'])
})
