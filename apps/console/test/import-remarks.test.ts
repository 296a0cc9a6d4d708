import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ImportResult } from '../src/api/openapi.d.ts'
import { remarksOn } from '../src/settings/import-remarks.ts'

test('what does not arrive is said once for all its places, refusals first', () => {
  const note = { what: 'left_out' as const, field: 'AUTHOR', reason: 'not-supported', message: 'tasks have no such' }
  const created = (line: number) => ({ place: `line ${line}`, status: 'created' as const, notes: [note] })
  const refused = (line: number, path: string, message: string) => ({
    ...{ place: `line ${line}`, status: 'refused' as const, errors: [{ path, message }] },
  })
  const data: ImportResult['data'] = [
    ...[2, 3, 4, 5].map(created),
    refused(6, 'title', 'must not be empty'),
    refused(7, '', 'was cancelled'),
    { place: 'line 8', status: 'exists' },
  ]
  assert.deepEqual(remarksOn({ data }), [
    { text: 'title: must not be empty', places: 'line 6', isRefusal: true },
    { text: 'was cancelled', places: 'line 7', isRefusal: true },
    { text: 'AUTHOR: tasks have no such', places: 'line 2, line 3, line 4 and 1 more', isRefusal: false },
  ])
})
