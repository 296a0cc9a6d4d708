import { test } from 'node:test'
import { requireVersion } from '../../src/task/require-version.ts'
import { assertRefused } from '../refused.ts'

test('a change decided on another version is refused; without an expected version none is', () => {
  requireVersion({ version: 2 }, 2)
  requireVersion({ version: 2 }, undefined)
  for (const expected of [1, 3]) assertRefused(() => requireVersion({ version: 2 }, expected), 412)
})
