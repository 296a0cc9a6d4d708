import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '@taskflow/test-kit'
import { advisoryLock, tryAdvisoryLock } from '../../src/database/advisory-lock.ts'

test('a lock is held until its transaction ends, for its own name and key only', async (t) => {
  const { pool } = await testDatabase(t)
  const [first, second] = [await pool.connect(), await pool.connect()]
  for (const client of [first, second]) await client.query('BEGIN')
  await advisoryLock({ $client: first }, 'import', 'ada')
  assert.equal(await tryAdvisoryLock({ $client: first }, 'import', 'ada'), true)
  assert.equal(await tryAdvisoryLock({ $client: second }, 'import', 'ada'), false)
  assert.equal(await tryAdvisoryLock({ $client: second }, 'import', 'bob'), true)
  assert.equal(await tryAdvisoryLock({ $client: second }, 'idempotency', 'ada'), true)
  await first.query('COMMIT')
  assert.equal(await tryAdvisoryLock({ $client: second }, 'import', 'ada'), true)
  for (const client of [first, second]) client.release()
})
