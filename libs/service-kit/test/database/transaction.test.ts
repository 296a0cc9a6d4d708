import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemClock } from '@taskflow/service-kit'
import { testDatabase } from '@taskflow/test-kit'
import { createTransaction, withOrigin } from '../../src/database/transaction.ts'

test('what runs before the commit runs once, in the transaction; if it fails, nothing is committed', async (t) => {
  const { pool } = await testDatabase(t)
  await pool.query('CREATE TABLE notes (text text)')
  const transaction = createTransaction({ pool, clock: systemClock, service: 'chat-api', wake: () => {} })
  const write = (text: string, last: string) =>
    transaction(async (tx) => {
      await tx.$client.query('INSERT INTO notes VALUES ($1)', [text])
      withOrigin(tx, tx.origin).beforeCommit.push(last)
    })
  await write('kept', `UPDATE notes SET text = text || '!'`)
  await assert.rejects(write('lost', 'SELECT 1 / 0'), { code: '22012' })
  assert.deepEqual((await pool.query('SELECT text FROM notes')).rows, [{ text: 'kept!' }])
})
