import { z } from 'zod'
import { timeOfDay } from './records.ts'

/** How a person wants to be notified. */
export const preferences = z.strictObject({
  channels: z.strictObject({ email: z.boolean(), webhook: z.boolean() }),
  quiet_hours: z
    .strictObject({ start: timeOfDay, end: timeOfDay })
    .refine(({ start, end }) => start !== end, { path: ['end'], message: 'must differ from start' })
    .nullable()
    .meta({ description: 'local times between which nothing is sent; what is due then waits until they end' }),
  daily_digest: timeOfDay
    .nullable()
    .meta({ description: 'one mail a day at this local time instead of one a reminder' }),
  default_lead_time: z.string().nullable().meta({
    description: 'ISO 8601 duration: how long before its due date a task reminds that says nothing of reminders',
  }),
  reminder_time: timeOfDay.meta({
    description: 'local time that reminders of a task due on a day, without a time, are counted from',
  }),
})
export type Preferences = z.infer<typeof preferences>

/** A change of preferences: omitted fields stay. The column has this form too, so that a default can change later. */
export const preferencesPatch = preferences
  .partial()
  .extend({ channels: preferences.shape.channels.partial().optional() })
export type PreferencesPatch = z.infer<typeof preferencesPatch>

/** The effective preferences: what was chosen, else the defaults. */
export const preferencesOf = (chosen: PreferencesPatch): Preferences => ({
  channels: { email: chosen.channels?.email ?? true, webhook: chosen.channels?.webhook ?? true },
  quiet_hours: chosen.quiet_hours ?? null,
  daily_digest: chosen.daily_digest ?? null,
  default_lead_time: chosen.default_lead_time ?? null,
  reminder_time: chosen.reminder_time ?? '09:00',
})
