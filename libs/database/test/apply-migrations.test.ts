import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { testDatabase } from '@taskflow/test-kit'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as migrateWithDrizzle } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import { applyMigrations } from '../src/apply-migrations.ts'

/** A folder with these files, in this order. */
const folderOf = (t: TestContext, files: Record<string, string>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'migrations-'))
  t.after(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'meta'))
  // Later than all of TaskFlow's own.
  const entries = Object.keys(files).map((tag, idx) => ({
    idx,
    tag,
    version: '7',
    when: 4e12 + idx,
    breakpoints: true,
  }))
  writeFileSync(join(folder, 'meta/_journal.json'), JSON.stringify({ version: '7', dialect: 'postgresql', entries }))
  for (const [tag, sql] of Object.entries(files)) writeFileSync(join(folder, `${tag}.sql`), sql)
  return folder
}

const start = async (t: TestContext) => {
  const { url, pool } = await testDatabase(t)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const lines: string[] = []
  return {
    pool,
    client,
    lines,
    apply: (files: Record<string, string>, options: { pauses?: number[]; lockTimeout?: string } = {}) =>
      applyMigrations(client, { folder: folderOf(t, files), report: (line) => lines.push(line), ...options }),
    end: () => client.end(),
    recorded: async () =>
      (await pool.query('SELECT hash, created_at FROM kit_migrations.__drizzle_migrations ORDER BY created_at')).rows,
  }
}

const first = {
  '0001_shelves': 'CREATE TABLE public.shelves (id int);--> statement-breakpoint\nCREATE TABLE public.books (id int)',
}
const second = { '0002_readers': 'CREATE TABLE public.readers (id int)' }
const wrong = { '0003_wrong': 'ALTER TABLE public.books ADD COLUMN title text; SELECT 1 / 0' }

test('each file is a transaction: one that fails is named and leaves the earlier ones applied', async (t) => {
  const { pool, apply, end, lines } = await start(t)
  try {
    await assert.rejects(apply({ ...first, ...second, ...wrong }), /migration 0003_wrong failed: division by zero/)
    assert.deepEqual(lines, ['migration 0001_shelves was applied', 'migration 0002_readers was applied'])
    assert.deepEqual((await pool.query('SELECT * FROM public.books, public.readers')).fields.length, 2)
    await apply({ ...first, ...second, '0003_wrong': 'ALTER TABLE public.books ADD COLUMN title text' })
    assert.equal(lines.length, 3)
  } finally {
    await end()
  }
})

test('files are recorded as drizzle records them: either goes on where the other stopped', async (t) => {
  const { client, apply, recorded, end } = await start(t)
  try {
    const byDrizzle = (files: Record<string, string>) =>
      migrateWithDrizzle(drizzle(client), { migrationsFolder: folderOf(t, files), migrationsSchema: 'kit_migrations' })
    await byDrizzle(first)
    await apply({ ...first, ...second })
    const before = await recorded()
    await byDrizzle({ ...first, ...second })
    assert.deepEqual(await recorded(), before)
    assert.match(before.at(-1).hash, /^[0-9a-f]{64}$/)
    assert.deepEqual(
      before.slice(-2).map(({ created_at }) => Number(created_at)),
      [4e12, 4e12 + 1],
    )
  } finally {
    await end()
  }
})

test('a file that waits for a lock gives way, and is applied when the lock is free', async (t) => {
  const { pool, client, apply, lines, end } = await start(t)
  await client.query('CREATE TABLE public.books (id int)')
  const holder = await pool.connect()
  try {
    await holder.query('BEGIN; LOCK TABLE public.books')
    const file = { '0001_title': 'ALTER TABLE public.books ADD COLUMN title text' }
    await assert.rejects(
      apply(file, { lockTimeout: '50ms', pauses: [10] }),
      /migration 0001_title did not get its locks: canceling statement due to lock timeout/,
    )
    assert.deepEqual(lines, [
      'migration 0001_title waits for a lock and tries again in 0.01 s: canceling statement due to lock timeout',
    ])
    const patient = apply(file, { lockTimeout: '50ms', pauses: Array(1_000).fill(20) })
    while (lines.length < 3) await delay(5)
    await holder.query('COMMIT')
    await patient
    assert.equal(lines.at(-1), 'migration 0001_title was applied')
  } finally {
    holder.release(true)
    await end()
  }
})
