import { durationInput, type Snooze, snoozeReminder } from '@taskflow/tasks'
import { z } from 'zod'
import { type Change, changedTasks, changeEach } from './change-each.ts'
import { type ToolCall, writeTool } from './tool.ts'
import { toInstant, when } from './when.ts'

export const snooze = writeTool({
  name: 'snooze',
  title: 'Snooze a reminder',
  description: 'Puts a reminder of a task off: for a duration from now, or until a time.',
  effect: 'changes',
  isIdempotent: false,
  input: z
    .strictObject({
      id: z.uuid().meta({ description: 'of the task' }),
      reminder_id: z.uuid(),
      for: durationInput.optional().meta({ description: 'ISO 8601 duration such as PT30M' }),
      until: when.optional(),
    })
    .refine((given) => (given.for === undefined) !== (given.until === undefined), {
      path: ['for'],
      message: 'give either "for" or "until"',
    }),
  output: changedTasks,
  touches: ({ id }) => ({ tasks: [id], series: [], creates: [], texts: [] }),
  run: (tx, { id, reminder_id, for: duration, until }, caller) =>
    changeEach(tx, caller, {
      items: [reminder_id],
      idOf: () => id,
      change: (reminder, before) => {
        const to: Snooze = until
          ? { until: toInstant(until, before!.time_zone, 'until', before!.reminder_time) }
          : { for: duration! }
        return snoozeReminder(tx, caller.user.user_id, id, reminder, to)
      },
      undo: ([change]) => undoSnooze(change!, reminder_id, tx.clock.now()),
    }),
})

/** A reminder cannot be put back to a time that has passed. */
const undoSnooze = ({ before }: Change, reminder_id: string, now: Temporal.Instant): ToolCall[] => {
  const at = before!.reminders.find((each) => each.id === reminder_id)?.at
  if (!at || Temporal.Instant.compare(at, now) <= 0) return []
  return [{ tool: 'snooze', input: { id: before!.id, reminder_id, until: at } }]
}
