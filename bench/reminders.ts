import { randomUUID } from 'node:crypto'
import { scheduleChannel } from '@taskflow/reminder-service/due-reminders'
import type pg from 'pg'
import type { Database } from './testbed.ts'

/** Inserts `count` tasks with one reminder each, none due within a day. */
export const fillSchedule = async ({ pool }: Database, count: number): Promise<void> => {
  await pool.query(
    `WITH task AS (
       INSERT INTO reminders.tasks (id, user_id, version, title, description, priority, due_date, time_zone, is_over)
       SELECT uuidv7(), uuidv7(), 1, 'Task ' || n, 'By standing order, to the account of the landlord', 'medium',
              now() + make_interval(days => 1, secs => n), 'Europe/Berlin', false
       FROM generate_series(1, $1::int) AS n RETURNING id, user_id, due_date)
     INSERT INTO reminders.schedule (reminder_id, task_id, user_id, type, at)
     SELECT uuidv7(), id, user_id, 'at', due_date FROM task`,
    [count],
  )
  await pool.query('VACUUM ANALYZE reminders.tasks, reminders.schedule')
  await pool.query('CHECKPOINT')
}

/** Schedules a reminder of a new task for each of these times and notifies the service. Resolves with their ids. */
export const schedule = async (pool: pg.Pool, times: number[]): Promise<string[]> => {
  const ids = times.map(() => randomUUID())
  await pool.query(
    `WITH task AS (
       INSERT INTO reminders.tasks (id, user_id, version, title, description, priority, due_date, time_zone, is_over)
       SELECT reminder_id, uuidv7(), 1, 'Pay the rent for the flat', 'By standing order, to the account of the landlord',
              'medium', at, 'Europe/Berlin', false
       FROM unnest($1::uuid[], $2::timestamptz[]) AS due (reminder_id, at) RETURNING id, user_id, due_date)
     INSERT INTO reminders.schedule (reminder_id, task_id, user_id, type, at)
     SELECT id, id, user_id, 'at', due_date FROM task`,
    [ids, times.map((time) => new Date(time).toISOString())],
  )
  await pool.query('SELECT pg_notify($1, $2)', [scheduleChannel, ''])
  return ids
}
