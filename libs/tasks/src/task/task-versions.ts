import { tasks } from '@taskflow/database'
import type { Task } from '@taskflow/event-contracts'
import type { Database } from '@taskflow/service-kit'
import { inArray } from 'drizzle-orm'
import { withReminders } from './find-task.ts'

/** The version of a task, deleted ones included. `is_over`: completed or deleted. */
export interface TaskVersion {
  id: string
  version: number
  is_over: boolean
}

/**
 * Versions of the `limit` tasks of all users after an id, without those that have changed since `before`: events of
 * these may be on their way. `last`: where the next page begins; null when there are no more.
 */
export const listTaskVersions = async (
  { $client }: Database,
  { after, limit, before }: { after: string | undefined; limit: number; before: string },
): Promise<{ data: TaskVersion[]; last: string | null }> => {
  const { rows } = await $client.query<TaskVersion & { is_settled: boolean }>(
    `SELECT id, version, is_completed OR deleted_at IS NOT NULL AS is_over, updated_at < $3 AS is_settled
     FROM tasks.tasks WHERE $1::uuid IS NULL OR id > $1 ORDER BY id LIMIT $2`,
    [after ?? null, limit, before],
  )
  const settled = rows.filter(({ is_settled }) => is_settled)
  return {
    data: settled.map(({ id, version, is_over }) => ({ id, version, is_over })),
    last: rows.length < limit ? null : rows.at(-1)!.id,
  }
}

/** Tasks as their events show them, whosever they are, deleted ones included. */
export const readTaskStates = async (db: Database, ids: string[]): Promise<{ task: Task; is_deleted: boolean }[]> => {
  const rows = await db.select().from(tasks).where(inArray(tasks.id, ids))
  const deleted = new Set(rows.filter(({ deleted_at }) => deleted_at !== null).map(({ id }) => id))
  return (await withReminders(db, rows)).map((task) => ({ task, is_deleted: deleted.has(task.id) }))
}
