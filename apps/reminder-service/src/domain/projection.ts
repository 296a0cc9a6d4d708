import type { Task } from '@taskflow/event-contracts'
import type { Tx } from '@taskflow/service-kit'
import { remindersKept } from './prune-projection.ts'

/** The state of a task in an event, and the span under which the event is handled. */
export interface TaskState {
  task: Task
  isDeleted: boolean
  traceparent: string
}

/**
 * Applies the states of tasks and their reminders that are newer than the stored ones: a repeated or late event changes
 * nothing. Of a deleted task only id and version stay, so that an older event cannot bring it back. A fired reminder
 * fires again only when its time was moved; after a month it is no longer stored and does not fire either. Returns
 * whether any reminder was set.
 */
export const applyTasks = async (tx: Tx, states: TaskState[]): Promise<boolean> => {
  const newest = new Map<string, TaskState>()
  for (const state of states) {
    const known = newest.get(state.task.id)
    if (!known || known.task.version < state.task.version) newest.set(state.task.id, state)
  }
  const isNewer = await storeTasks(tx, [...newest.values()])
  const applied = [...newest.values()].filter(({ task }) => isNewer.has(task.id))
  const waiting = applied.flatMap(({ task, isDeleted, traceparent }) =>
    isDeleted || task.is_completed
      ? []
      : task.reminders
          .filter(({ state, at }) => state === 'pending' && at !== null)
          .map((each) => ({ ...each, task, traceparent })),
  )
  await removeReminders(
    tx,
    // The first version of a task has no stored reminders.
    applied.filter(({ task }) => task.version > 1),
    waiting.map(({ id }) => id),
  )
  if (waiting.length === 0) return false
  const oldest = tx.clock.now().subtract(remindersKept).epochMilliseconds
  await tx.$client.query(
    `INSERT INTO reminders.schedule AS known (reminder_id, task_id, user_id, type, at, traceparent, fired_at)
     SELECT id, task, owner, type, at, trace, CASE WHEN is_over THEN now() END
     FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[], $6::text[], $7::boolean[])
       AS waiting (id, task, owner, type, at, trace, is_over)
     ON CONFLICT (reminder_id) DO UPDATE
       SET type = excluded.type, at = excluded.at,
           fired_at = CASE WHEN known.at = excluded.at THEN known.fired_at ELSE excluded.fired_at END,
           traceparent = CASE WHEN known.at = excluded.at THEN known.traceparent ELSE excluded.traceparent END`,
    [
      waiting.map(({ id }) => id),
      waiting.map(({ task }) => task.id),
      waiting.map(({ task }) => task.user_id),
      waiting.map(({ type }) => type),
      waiting.map(({ at }) => at),
      waiting.map(({ traceparent }) => traceparent),
      waiting.map(({ id, at }) => createdAt(id) < oldest && Date.parse(at!) < oldest),
    ],
  )
  return true
}

/** When a UUID of version 7 was made, in ms since the epoch; older ids have no time. */
const createdAt = (id: string): number => (id[14] === '7' ? Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : 0)

/** Returns the ids of the tasks that were stored: those newer than the stored version. */
const storeTasks = async (tx: Tx, states: TaskState[]): Promise<Set<string>> => {
  const content = <Name extends keyof Task>(name: Name) =>
    states.map((each) => (each.isDeleted ? null : each.task[name]))
  const { rows } = await tx.$client.query<{ id: string }>(
    `INSERT INTO reminders.tasks AS known
       (id, user_id, version, is_over, title, description, priority, due_date, due_on, time_zone)
     SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::bool[], $5::text[], $6::text[], $7::text[],
                          $8::timestamptz[], $9::date[], $10::text[]) AS state (id) ORDER BY id
     ON CONFLICT (id) DO UPDATE
       SET user_id = excluded.user_id, version = excluded.version, is_over = excluded.is_over, title = excluded.title,
           description = excluded.description, priority = excluded.priority, due_date = excluded.due_date,
           due_on = excluded.due_on, time_zone = excluded.time_zone, changed_at = now()
       WHERE known.version < excluded.version
     RETURNING id`,
    [
      states.map(({ task }) => task.id),
      states.map(({ task }) => task.user_id),
      states.map(({ task }) => task.version),
      states.map(({ task, isDeleted }) => isDeleted || task.is_completed),
      ...(['title', 'description', 'priority', 'due_date', 'due_on', 'time_zone'] as const).map(content),
    ],
  )
  return new Set(rows.map(({ id }) => id))
}

/** Removes reminders that are no longer pending, and for deleted tasks the fired ones too. */
const removeReminders = async (tx: Tx, states: TaskState[], waiting: string[]): Promise<void> => {
  if (states.length === 0) return
  await tx.$client.query(
    `DELETE FROM reminders.schedule WHERE task_id = ANY ($1::uuid[])
       AND (task_id = ANY ($2::uuid[]) OR (fired_at IS NULL AND reminder_id <> ALL ($3::uuid[])))`,
    [
      states.map(({ task }) => task.id),
      states.filter(({ isDeleted }) => isDeleted).map(({ task }) => task.id),
      waiting,
    ],
  )
}

/** The states whose person still has an account here. */
export const withoutForgotten = async <State extends { task: Pick<Task, 'user_id'> }>(
  tx: Tx,
  states: State[],
): Promise<State[]> => {
  const { rows } = await tx.$client.query<{ user_id: string }>(
    'SELECT user_id FROM reminders.forgotten_users WHERE user_id = ANY ($1::uuid[])',
    [states.map(({ task }) => task.user_id)],
  )
  const forgotten = new Set(rows.map(({ user_id }) => user_id))
  return states.filter(({ task }) => !forgotten.has(task.user_id))
}

/** The most that the handler deletes, in time. */
const handlerBatch = 20_000

/** Deletes everything of a user whose account was deleted, the next reminders first. Pruning deletes what is more. */
export const forgetTasksOf = async (tx: Tx, user_id: string): Promise<void> => {
  for (const [table, key, order] of [
    ['schedule', 'reminder_id', 'ORDER BY at'],
    ['tasks', 'id', ''],
  ]) {
    await tx.$client.query(
      `DELETE FROM reminders.${table} WHERE ${key} IN (
         SELECT ${key} FROM reminders.${table} WHERE user_id = $1 ${order} LIMIT ${handlerBatch})`,
      [user_id],
    )
  }
}
