import type { Tx } from '@taskflow/service-kit'

/** What has happened to a reminder, and when. */
export interface ReminderStep {
  reminder_id: string
  task_id: string
  state: 'due' | 'sent' | 'failed'
  happened_at: string
}

/**
 * Records how far reminders have come: due, then failed, then sent. States only go forward, so a late or repeated event
 * changes nothing, and the first channel that delivers makes the reminder sent, whatever happens to the others. One
 * cancelled while its mail was on the way was still sent. A reminder that no longer exists is no error, and one snoozed
 * past `happened_at` waits for its next firing.
 *
 * Any number of steps in one statement. Their tasks are locked first, in the order of every other change, so neither
 * another batch nor a change of several tasks can deadlock with it.
 */
export const setReminderStates = async (tx: Tx, steps: ReminderStep[]): Promise<void> => {
  await tx.$client.query('SELECT FROM tasks.tasks WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE', [
    [...new Set(steps.map(({ task_id }) => task_id))],
  ])
  const byReminder = [...Map.groupBy(steps, ({ reminder_id }) => reminder_id)]
  const last = (state: ReminderStep['state']) => byReminder.map(([, own]) => lastOf(own, state))
  await tx.$client.query(
    `UPDATE tasks.reminders SET state = ${reached}
     FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::timestamptz[]) AS step (id, due, failed, sent)
     WHERE reminders.id = step.id AND ${reached} IS NOT NULL`,
    [byReminder.map(([id]) => id), last('due'), last('failed'), last('sent')],
  )
}

const reached = `CASE
  WHEN state IN ('pending', 'due', 'cancelled', 'failed') AND coalesce(at, '-infinity') <= sent THEN 'sent'
  WHEN state IN ('pending', 'due', 'cancelled') AND coalesce(at, '-infinity') <= failed THEN 'failed'
  WHEN state = 'pending' AND coalesce(at, '-infinity') <= due THEN 'due'
END`

/** When a state was reached last: it counts for any time of the reminder up to that. */
const lastOf = (steps: ReminderStep[], state: ReminderStep['state']): string | null =>
  steps
    .filter((step) => step.state === state)
    .map(({ happened_at }) => Temporal.Instant.from(happened_at))
    .toSorted(Temporal.Instant.compare)
    .at(-1)
    ?.toString() ?? null
