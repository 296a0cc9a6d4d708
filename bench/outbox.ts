import type pg from 'pg'
import { eventIdMark, eventTemplate, taskIdMark } from './events.ts'

/**
 * Inserts `count` events of new tasks into tasks.outbox in one transaction, as libs/service-kit does, and wakes the
 * relay. Calls `committing` just before the commit.
 */
export const insertOutbox = async (
  pool: pg.Pool,
  options: { count: number; topic: string; committing?: () => void },
): Promise<void> => {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    await client.query(
      `INSERT INTO tasks.outbox (event_id, topic, key, event)
       SELECT event_id, $2, task_id, replace(replace($3, '${eventIdMark}', event_id::text), '${taskIdMark}', task_id)
       FROM (SELECT uuidv7() AS event_id, uuidv7()::text AS task_id FROM generate_series(1, $1)) AS new`,
      [options.count, options.topic, eventTemplate(options.topic)],
    )
    options.committing?.()
    await client.query('COMMIT')
    await client.query(`SELECT pg_notify('tasks_outbox', '')`)
  } finally {
    client.release()
  }
}
