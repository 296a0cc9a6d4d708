import type pg from 'pg'

/** What chat-api says of a task. `is_over`: completed or deleted. */
export interface TaskVersion {
  id: string
  version: number
  is_over: boolean
}

/** Those of the tasks of which the schedule has an older version, or none although they are open. */
export const findBehind = async (pool: pg.Pool, tasks: TaskVersion[]): Promise<string[]> => {
  const { rows } = await pool.query<{ id: string; version: number }>(
    'SELECT id, version FROM reminders.tasks WHERE id = ANY ($1::uuid[])',
    [tasks.map(({ id }) => id)],
  )
  const known = new Map(rows.map(({ id, version }) => [id, version]))
  return tasks
    .filter(({ id, version, is_over }) => (known.get(id) ?? (is_over ? version : -1)) < version)
    .map(({ id }) => id)
}
