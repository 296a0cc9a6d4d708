import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import * as schema from '@taskflow/database'
import { migrate } from '@taskflow/database'
import { type ServiceName, serviceNames, services } from '@taskflow/service-kit'
import { testDatabase } from '@taskflow/test-kit'
import { is, Table } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import { getTableConfig } from 'drizzle-orm/pg-core'
import pg from 'pg'

test('the schema describes every table: same columns, and readable', async (t) => {
  const { pool } = await testDatabase(t)
  const db = drizzle(pool)
  const tables = Object.values(schema).filter((each) => is(each, Table)) as Table[]
  assert.ok(tables.length >= 9)
  for (const table of tables) {
    await db.select().from(table as never)
    const { name, schema: inSchema, columns } = getTableConfig(table as never)
    // Columns that Postgres generates, such as search vectors, are neither read nor written.
    const { rows } = await pool.query<{ column_name: string; is_nullable: string }>(
      `SELECT column_name, is_nullable FROM information_schema.columns
       WHERE table_schema = $1 AND table_name = $2 AND is_generated = 'NEVER' ORDER BY 1`,
      [inSchema, name],
    )
    const described = columns.map((column) => ({
      column_name: column.name,
      is_nullable: column.notNull ? 'NO' : 'YES',
    }))
    assert.deepEqual(
      rows,
      described.toSorted((a, b) => (a.column_name < b.column_name ? -1 : 1)),
      `${inSchema}.${name}`,
    )
  }
})

test('migrating again, concurrently, changes nothing', async (t) => {
  const { url } = await testDatabase(t)
  await Promise.all([1, 2, 3].map(() => migrate({ databaseUrl: url })))
})

test('a webhook of before counts as verified only if it took a reminder since it was registered', async (t) => {
  const { pool } = await testDatabase(t)
  const migration = readFileSync(new URL('../migrations/0023_webhook-proof.sql', import.meta.url), 'utf8')
  const verify = /UPDATE identity\.webhooks[^;]+;/.exec(migration)![0]
  const webhooks = { 'took one': ['sent', 1], 'took none': ['failed', 1], 'took one before': ['sent', -1] } as const
  for (const [name, [state, after]] of Object.entries(webhooks)) {
    const { rows } = await pool.query(
      `INSERT INTO identity.users (id, email, name, password_hash, time_zone, locale, created_at)
       VALUES (gen_random_uuid(), $1, $1, '', 'UTC', 'en', now()) RETURNING id`,
      [name],
    )
    const user_id = rows[0].id
    await pool.query(`INSERT INTO identity.webhooks VALUES ($1, 'https://hooks.example', '', now())`, [user_id])
    await pool.query(
      `INSERT INTO notifications.ledger (reminder_id, fired_for, channel, user_id, task_id, state, content, origin,
         message_id, created_at, sent_at, give_up_at)
       VALUES (gen_random_uuid(), now(), 'webhook', $1, $1, $2, '{}', '{}', '', now(), now() + $3 * interval '1 hour', now())`,
      [user_id, state, after],
    )
  }
  await pool.query(verify)
  const { rows } = await pool.query(
    'SELECT name FROM identity.recipients WHERE is_webhook_verified AND webhook_url IS NOT NULL',
  )
  assert.deepEqual(rows, [{ name: 'took one' }])
})

/** What each role may do, and what it may not. */
const rights: Record<ServiceName, { may: string[]; mayNot: string[] }> = {
  'chat-api': {
    may: ['DELETE FROM tasks.tasks', 'SELECT * FROM identity.users', 'CREATE TABLE statestore.state (key text)'],
    mayNot: ['SELECT * FROM audit.events', 'SELECT * FROM reminders.schedule', 'CREATE TABLE public.x (y int)'],
  },
  'recurring-processor': {
    may: ['SELECT * FROM tasks.tasks', 'SELECT * FROM tasks.series FOR UPDATE', 'SELECT * FROM recurrence.inbox'],
    mayNot: ['UPDATE tasks.tasks SET title = title', 'DELETE FROM tasks.outbox', 'SELECT * FROM identity.users'],
  },
  'reminder-service': {
    may: ['SELECT * FROM reminders.schedule'],
    mayNot: ['SELECT * FROM tasks.tasks', 'SELECT * FROM identity.recipients'],
  },
  'notification-service': {
    may: [
      'SELECT * FROM identity.recipients',
      'SELECT * FROM identity.account_mails FOR UPDATE',
      'SELECT * FROM tasks.reminder_states',
    ],
    mayNot: [
      'SELECT * FROM identity.users',
      'SELECT * FROM identity.mail_tokens',
      'SELECT * FROM identity.suppressed_addresses',
      "UPDATE identity.account_mails SET address = ''",
      'SELECT * FROM tasks.tasks',
      'SELECT * FROM tasks.reminders',
    ],
  },
  'audit-logger': {
    may: [
      'SELECT * FROM audit.events',
      'SELECT * FROM audit.chain_head FOR UPDATE',
      'SELECT * FROM audit.verification FOR UPDATE',
    ],
    mayNot: [
      'DELETE FROM audit.events',
      "UPDATE audit.events SET type = ''",
      'DELETE FROM audit.verification',
      'SELECT * FROM tasks.tasks',
    ],
  },
}

test('every service can use its own tables as needed, and no other tables', async (t) => {
  const database = await testDatabase(t)
  for (const service of serviceNames) {
    const client = new pg.Client({ connectionString: database.urlFor(service) })
    await client.connect()
    try {
      for (const statement of rights[service].may) await client.query(statement)
      for (const statement of rights[service].mayNot) {
        await assert.rejects(client.query(statement), /permission denied/, `${service}: ${statement}`)
      }
      const { schema: own } = services[service]
      for (const table of ['outbox', 'inbox', 'outbox_rejected', 'forgotten_users'])
        await client.query(`SELECT 1 FROM ${own}.${table}`)
    } finally {
      await client.end()
    }
  }
})
