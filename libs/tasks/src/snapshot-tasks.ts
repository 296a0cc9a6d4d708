import { tasks } from '@taskflow/database'
import { taskSnapshot } from '@taskflow/event-contracts'
import { newEvent, type Tx } from '@taskflow/service-kit'
import { and, asc, gt, gte, isNull } from 'drizzle-orm'
import { withReminders } from './task/find-task.ts'
import { appendToTasksOutbox } from './task/task-events.ts'

export interface SnapshotRange {
  /** Only tasks that have changed since; all by default. */
  from?: string | undefined
  /** Only tasks after this id. */
  after?: string | undefined
}

const inRange = ({ from, after }: SnapshotRange) =>
  and(isNull(tasks.deleted_at), after ? gt(tasks.id, after) : undefined, from ? gte(tasks.updated_at, from) : undefined)

/** How many tasks `snapshotTasks` would send without a limit. */
export const countSnapshots = (tx: Tx, range: SnapshotRange): Promise<number> => tx.$count(tasks, inRange(range))

/**
 * Appends a snapshot of the next tasks, of all users and without deleted ones, to the outbox for `consumer`; other
 * services ignore them. Returns how many, and the id of the last; undefined when there are no more. A task that changes
 * at the same time is sent as it was or as it is: its version says which.
 */
export const snapshotTasks = async (
  tx: Tx,
  { consumer, from, after, limit }: SnapshotRange & { consumer: string; limit: number },
): Promise<{ count: number; last: string | undefined }> => {
  const rows = await tx.select().from(tasks).where(inRange({ from, after })).orderBy(asc(tasks.id)).limit(limit)
  const events = (await withReminders(tx, rows)).map((task) =>
    newEvent('task-snapshots', taskSnapshot, {
      key: task.id,
      subject: task.id,
      user_id: task.user_id,
      payload: { task, consumer },
    }),
  )
  await appendToTasksOutbox(tx, events)
  return { count: rows.length, last: rows.length < limit ? undefined : rows.at(-1)!.id }
}
