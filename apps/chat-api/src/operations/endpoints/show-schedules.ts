import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import { z } from 'zod'
import { askServices } from '../ask-services.ts'

const shown = 50
const shownFired = 20

const state = z.enum(['waiting', 'due'])

const reminder = z
  .object({
    reminder_id: z.string(),
    task_id: z.string(),
    user_id: z.string(),
    type: z.string(),
    at: z.string(),
    state,
  })
  .meta({ id: 'ScheduledReminder' })

const series = z
  .object({
    series_id: z.string(),
    user_id: z.string(),
    rule: z.string(),
    interval: z.int(),
    occurrence: z.int().meta({ description: 'number of the task that is made next' }),
    due_date: z.string().nullable(),
    at: z.string().meta({ description: 'when it is made: at due_date, or in time for its first reminder' }),
    state,
  })
  .meta({ id: 'ScheduledSeries' })

const fired = z
  .object({
    reminder_id: z.string(),
    task_id: z.string(),
    user_id: z.string().nullable(),
    at: z.string(),
    fired_at: z.string(),
    late_ms: z.int(),
  })
  .meta({ id: 'FiredReminder' })

const schedule = z
  .object({
    reminders: z.array(reminder),
    series: z.array(series),
    last_fired: z.array(fired),
    unreachable: z.array(z.string()),
  })
  .meta({ id: 'Schedule' })

interface FiredRecord {
  user_id: string | null
  time: string
  data: { reminder: { id: string; at: string }; task: { id: string } }
}

/**
 * What fires next, and how late the last reminders were, which the audit log knows. Ids and times, no word of
 * anybody's.
 */
export const showSchedules = ({ sidecar }: Pick<BaseDeps, 'sidecar'>) =>
  endpoint({
    method: 'get',
    path: '/api/v1/admin/schedules',
    summary: 'What fires next: reminders and recurring tasks of all users',
    access: 'admin',
    isWatched: true,
    answers: { 200: schedule },
    handle: async ({ origin }) => {
      const [next, records] = await Promise.all([
        askServices<{ data: unknown[] }>(
          sidecar,
          ['reminder-service', 'recurring-processor'],
          `schedule/next?limit=${shown}`,
          origin,
        ),
        askServices<{ data: FiredRecord[] }>(
          sidecar,
          ['audit-logger'],
          `audit/events?type=reminder.due&limit=${shownFired}`,
          origin,
        ),
      ])
      return {
        status: 200,
        body: {
          reminders: next.answers['reminder-service']?.data ?? [],
          series: next.answers['recurring-processor']?.data ?? [],
          last_fired: (records.answers['audit-logger']?.data ?? []).map(firedOf),
          unreachable: [...next.unreachable, ...records.unreachable],
        },
      }
    },
  })

const firedOf = ({ user_id, time, data: { reminder, task } }: FiredRecord): z.infer<typeof fired> => ({
  reminder_id: reminder.id,
  task_id: task.id,
  user_id,
  at: reminder.at,
  fired_at: time,
  late_ms: Date.parse(time) - Date.parse(reminder.at),
})
