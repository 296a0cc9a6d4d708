import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { testDatabase } from '@taskflow/test-kit'
import type pg from 'pg'

const root = join(import.meta.dirname, '../..')

const begin = (DATABASE_URL: string, ...args: string[]) => {
  const env = { PATH: '', HOME: '/nowhere', DATABASE_URL }
  const child = spawn(process.execPath, [join(root, 'tools/backfill.ts'), ...args], {
    cwd: root,
    env,
    timeout: 120_000,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text))
  return { child, ended: async () => ({ code: (await once(child, 'close'))[0] as number, output }) }
}
const backfill = (url: string, ...args: string[]) => begin(url, '--consumer', 'audit-logger', ...args).ended()

/** Tasks of a person, `changed` at that time; ids ascend. */
const addTasks = async (pool: pg.Pool, count: number, changed = '2026-01-01T00:00:00Z') => {
  const columns = `id, user_id, title, description, priority, time_zone, is_completed, recurrence_interval, recurrence_mode,
    recurrence_anchor, recurrence_catch_up, tags, version, created_at, updated_at`
  await pool.query(
    `INSERT INTO tasks.tasks (${columns})
     SELECT uuidv7(), gen_random_uuid(), 'task ' || n, '', 'low', 'UTC', false, 1, 'on_completion', 'due_date', 'skip', '{}', 1, $2, $2
     FROM generate_series(1, $1) AS n`,
    [count, changed],
  )
}

interface Snapshot {
  type: string
  data: { consumer: string; task: { title: string } }
}
const sent = async (pool: pg.Pool) => {
  const { rows } = await pool.query<{ topic: string; key: string; event: string }>(
    'SELECT * FROM tasks.outbox ORDER BY id',
  )
  return rows.map(({ topic, event }) => ({ topic, ...(JSON.parse(event) as Snapshot) }))
}

test('npm run backfill sends each task once, without deleted ones, and only those that changed since --from', async (t) => {
  const { url, pool } = await testDatabase(t)
  await addTasks(pool, 600)
  await addTasks(pool, 2, '2026-03-01T00:00:00Z')
  await pool.query(`UPDATE tasks.tasks SET deleted_at = now() WHERE title = 'task 7'`)

  const since = await backfill(url, '--from', '2026-02-01T00:00:00Z')
  assert.deepEqual(since, { code: 0, output: '2 tasks for audit-logger, at most 500 a second\nDone: 2 tasks.\n' })
  const [first] = await sent(pool)
  assert.deepEqual(
    [first?.topic, first?.type, first?.data.consumer, first?.data.task.title],
    ['task-snapshots', 'task.snapshot', 'audit-logger', 'task 1'],
  )

  await pool.query('DELETE FROM tasks.outbox')
  const all = await backfill(url, '--rate', '1000')
  assert.equal(all.code, 0, all.output)
  const titles = (await sent(pool)).map(({ data }) => data.task.title)
  assert.equal(titles.length, 601)
  assert.ok(!titles.slice(0, 600).includes('task 7'))
})

test('it waits while the relay is behind, and goes on where it was stopped', async (t) => {
  const { url, pool } = await testDatabase(t)
  await addTasks(pool, 700)
  const run = begin(url, '--consumer', 'audit-logger', '--rate', '200')
  // Nothing publishes here: it stops at two seconds' worth.
  while ((await sent(pool)).length < 400) await delay(50)
  await delay(1_000)
  assert.equal((await sent(pool)).length, 400)
  run.child.kill('SIGINT')
  const { code, output } = await run.ended()
  assert.equal(code, 130)
  const [, after] = /Stopped after 400 of 700 tasks\. To go on: --after (\S+)\n$/.exec(output) ?? assert.fail(output)

  await pool.query('DELETE FROM tasks.outbox')
  const rest = await backfill(url, '--rate', '1000', '--after', after!)
  assert.deepEqual(rest, { code: 0, output: '300 tasks for audit-logger, at most 1000 a second\nDone: 300 tasks.\n' })
  assert.equal((await sent(pool))[0]?.data.task.title, 'task 401')
})

test('it says what is wrong and what to do', async (t) => {
  const { url } = await testDatabase(t)
  for (const [args, problem] of [
    [[], /--consumer is missing/],
    [['--consumer', 'nobody'], /there is no service nobody; there are chat-api, /],
    [['--consumer', 'audit-logger', '--from', 'yesterday'], /--from is no time with a zone: yesterday/],
    [['--consumer', 'audit-logger', '--rate', '0'], /--rate is a whole number from 1 to 10000/],
    [['--consumer', 'audit-logger', '--after', 'x'], /--after is no task id/],
  ] as const) {
    const { code, output } = await begin(url, ...args).ended()
    assert.equal(code, 2)
    assert.match(output, problem)
  }
  const away = await backfill('postgres://localhost:1/x')
  assert.equal(away.code, 1)
  assert.match(away.output, /Cannot reach the database .*Is npm start running/)
})
