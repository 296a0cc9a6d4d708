import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { taskCreated } from '@taskflow/event-contracts'
import { anEvent, aTask, fakeClock, testDatabase } from '@taskflow/test-kit'
import pg from 'pg'
import { chainHash, chainStart, recordedText } from '../src/domain/chain.ts'
import { readDatabase } from '../src/domain/read-export.ts'
import { verifyChain } from '../src/domain/verify-chain.ts'
import { startAuditLogger } from '../testing/start-audit-logger.ts'

const partitions = `SELECT inhrelid::regclass::text AS name FROM pg_inherits
                    WHERE inhparent = 'audit.events'::regclass ORDER BY 1`

const monthsAhead = () => {
  const month = Temporal.Now.zonedDateTimeISO('UTC').toPlainDate().toPlainYearMonth()
  return [0, 1, 2, 3].map((months) => `audit.events_${month.add({ months }).toString().replace('-', '_')}`)
}

test('partitions for this month and the next three are created without the right to create tables', async (t) => {
  const service = await startAuditLogger(t)
  const { pool } = service.database
  const [, second, third] = monthsAhead()
  await pool.query(`DROP TABLE ${second}, ${third}`)
  const loop = service.app.loops.find(({ name }) => name === 'partitions')!
  await Promise.all([loop.processDue(), loop.processDue()])
  const names = (await pool.query(partitions)).rows.map(({ name }) => name)
  assert.deepEqual(names, [...monthsAhead(), 'audit.events_default'].toSorted())
  await assert.rejects(service.deps.pool.query('CREATE TABLE audit.mine (id int)'), /permission denied/)
  await assert.rejects(service.deps.pool.query(`SELECT * FROM ${second}`), /permission denied/)
})

test('a record goes to the partition of its month; a missing partition causes no failure', async (t) => {
  const clock = fakeClock(Temporal.Now.instant().toString())
  const service = await startAuditLogger(t, { clock })
  const record = () => service.deliver('task-events', [anEvent(taskCreated, { task: aTask() })])
  const [first, second] = monthsAhead()
  await record()
  await service.database.pool.query(`DROP TABLE ${second}`)
  clock.set(`${second!.slice(-7).replace('_', '-')}-15T00:00:00Z`)
  assert.deepEqual(await record(), ['SUCCESS'])
  const { rows } = await service.database.pool.query(
    'SELECT tableoid::regclass::text AS name FROM audit.events ORDER BY sequence',
  )
  assert.deepEqual(
    rows.map(({ name }) => name),
    [first, 'audit.events_default'],
  )
  await service.app.loops.find(({ name }) => name === 'partitions')!.processDue()
  assert.deepEqual(await record(), ['SUCCESS'])
})

test('a log from before partitioning is migrated and its chain continues', async (t) => {
  const { pool, url } = await testDatabase(t)
  const name = `old_${randomUUID().replaceAll('-', '')}`
  await pool.query(`CREATE DATABASE ${name}`)
  const at = new URL(url)
  at.pathname = `/${name}`
  const client = new pg.Client({ connectionString: at.href })
  await client.connect()
  try {
    const folder = new URL('../../../libs/database/migrations/', import.meta.url)
    const apply = async (file: string) => {
      const statements = readFileSync(new URL(file, folder), 'utf8').split('--> statement-breakpoint')
      for (const statement of statements) await client.query(statement)
    }
    const files = readdirSync(folder)
      .filter((file) => file.endsWith('.sql'))
      .toSorted()
    for (const file of files.filter((each) => each < '0009')) await apply(file)
    const record = {
      ...{ sequence: 1, event_id: 'e', type: 'user.deleted', source: '/x', subject: 's', user_id: null },
      ...{ time: '2026-01-01T00:00:00Z', correlation_id: null, causation_id: null, data: {} },
    }
    const recorded = recordedText(record)
    await client.query(
      `INSERT INTO audit.events (sequence, event_id, type, source, subject, time, data, recorded, hash)
       VALUES (1, 'e', 'user.deleted', '/x', 's', '2026-01-01T00:00:00Z', '{}', $1, $2)`,
      [recorded, chainHash(chainStart, recorded)],
    )
    await client.query('BEGIN')
    await apply(files.find((each) => each.startsWith('0009'))!)
    const { records, finding } = await verifyChain(readDatabase(client))
    assert.deepEqual([records, finding], [1, undefined])
    await client.query('ROLLBACK')
  } finally {
    await client.end()
  }
})
