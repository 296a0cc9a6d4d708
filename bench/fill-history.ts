import type { Database } from './testbed.ts'

const rows = 1_000_000

/** A million tasks of a thousand people (a thousand of them of `user_id`), and their rows in audit and inboxes. */
export const fillHistory = async ({ pool }: Database, user_id: string): Promise<void> => {
  const client = await pool.connect()
  try {
    await client.query(
      `INSERT INTO tasks.tasks (id, user_id, title, description, priority, due_date, time_zone, is_completed, recurrence_interval,
         recurrence_mode, recurrence_anchor, recurrence_catch_up, tags, version, created_at, updated_at)
       SELECT uuidv7(make_interval(secs => -n / 2)), people.id, 'Task ' || n, 'By standing order, to the account of the landlord',
              'medium', now() + make_interval(secs => n), 'Europe/Berlin', false, 1, 'on_completion', 'due_date', 'skip',
              '{home,money}', 1, now() - make_interval(secs => n / 2), now() - make_interval(secs => n / 2)
       FROM generate_series($1::int, 1, -1) AS n
       JOIN (SELECT number, CASE number WHEN 0 THEN $2::uuid ELSE uuidv7() END AS id FROM generate_series(0, 999) AS number)
         AS people ON people.number = n % 1000`,
      [rows, user_id],
    )
    for (const schema of ['reminders', 'audit']) {
      await client.query(
        `INSERT INTO ${schema}.inbox (event_id, state, type, user_id, topic, partition, kafka_offset, key, received_at, handled_at, attempts)
         SELECT uuidv7(make_interval(secs => -n / 2)), 'done', 'task.created', uuidv7(), 'task-events', n % 3, n / 3, uuidv7(),
                now() - make_interval(days => 1, secs => n / 2), now() - make_interval(days => 1, secs => n / 2), 0
         FROM generate_series($1::int, 1, -1) AS n`,
        [rows],
      )
    }
    await client.query(
      `INSERT INTO audit.events (sequence, recorded_at, event_id, type, task_id, user_id, time, correlation_id, recorded, hash)
       SELECT n, now(), uuidv7(), 'task.created', uuidv7(), uuidv7(), now() - interval '1 day', uuidv7(), repeat('recorded ', 120),
              repeat(md5(n::text), 2)
       FROM generate_series((SELECT sequence + 1 FROM audit.chain_head), (SELECT sequence + $1::int FROM audit.chain_head)) AS n`,
      [rows],
    )
    await client.query('UPDATE audit.chain_head SET sequence = sequence + $1::int', [rows])
    await client.query('VACUUM ANALYZE tasks.tasks, reminders.inbox, audit.inbox, audit.events')
    await client.query('CHECKPOINT')
  } finally {
    client.release()
  }
}
