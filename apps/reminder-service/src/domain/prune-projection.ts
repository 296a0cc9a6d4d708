import type pg from 'pg'

/** A fired reminder is kept this long, so that it does not fire again; one due longer ago does not fire at all. */
export const remindersKept = Temporal.Duration.from({ hours: 30 * 24 })

/**
 * A tombstone is kept for longer than any event of its task can come: parked ones may be redriven for 90 days, and
 * Kafka keeps those that were not delivered for up to 14.
 */
const tombstonesKept = Temporal.Duration.from({ hours: 120 * 24 })

/**
 * Removes what the schedule no longer needs: fired reminders, the content of tasks that have been over for 30 days,
 * their tombstones after 120, and what is left of accounts that were deleted in the last week. Of each kind at most
 * `limit`, by an index, and none that another transaction has locked. Ages are by the database's clock. Returns the most
 * that any kind had.
 */
export const pruneProjection = async (pool: pg.Pool, limit: number): Promise<number> => {
  const counts: number[] = []
  for (const [statement, age] of statements) {
    const { rowCount } = await pool.query(statement, [age.toString(), limit])
    counts.push(rowCount ?? 0)
  }
  return Math.max(...counts)
}

const statements: [string, Temporal.Duration][] = [
  [
    `DELETE FROM reminders.tasks WHERE id IN (
       SELECT id FROM reminders.tasks
       WHERE user_id IN (SELECT user_id FROM reminders.forgotten_users WHERE forgotten_at > now() - $1::interval)
       LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    Temporal.Duration.from({ hours: 7 * 24 }),
  ],
  [
    `DELETE FROM reminders.schedule WHERE reminder_id IN (
       SELECT reminder_id FROM reminders.schedule WHERE fired_at < now() - $1::interval
       ORDER BY fired_at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    remindersKept,
  ],
  [
    `WITH over AS (
       SELECT id FROM reminders.tasks WHERE is_over AND title IS NOT NULL AND changed_at < now() - $1::interval
       ORDER BY changed_at LIMIT $2 FOR UPDATE SKIP LOCKED
     ), fired AS (DELETE FROM reminders.schedule WHERE task_id IN (SELECT id FROM over))
     UPDATE reminders.tasks
     SET title = NULL, description = NULL, priority = NULL, due_date = NULL, due_on = NULL, time_zone = NULL
     WHERE id IN (SELECT id FROM over)`,
    remindersKept,
  ],
  [
    `DELETE FROM reminders.tasks WHERE id IN (
       SELECT id FROM reminders.tasks WHERE is_over AND title IS NULL AND changed_at < now() - $1::interval
       ORDER BY changed_at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    tombstonesKept,
  ],
]
