import { channels } from '@taskflow/database'
import { instant } from '@taskflow/event-contracts'
import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import { z } from 'zod'
import { pageOf, pageQuery } from '../http/schemas.ts'

const state = z.enum(['pending', 'held', 'sent', 'failed', 'suppressed'])

const notification = z
  .object({
    reminder_id: z.uuid(),
    task_id: z.uuid(),
    title: z.string(),
    channel: z.enum(channels),
    state,
    fired_for: instant,
    attempts: z.int(),
    next_attempt_at: instant.nullable(),
    reason: z.string().nullable(),
    message_id: z.string(),
    created_at: instant,
    sent_at: instant.nullable(),
  })
  .meta({ id: 'Notification' })

const page = pageOf('NotificationPage', notification)

/** The user's own part of the ledger. Read from notification-service, which owns it, through Dapr. */
export const listNotifications = ({ sidecar }: BaseDeps) =>
  endpoint({
    method: 'get',
    path: '/api/v1/notifications',
    summary: 'List what was sent to you, waits or failed, newest first',
    access: 'user',
    scope: 'account:read',
    query: z.strictObject({
      ...pageQuery,
      task_id: z.uuid().optional(),
      channel: z.enum(channels).optional(),
      state: state.optional(),
    }),
    answers: { 200: page },
    handle: async ({ query, user, origin }) => {
      const wanted = Object.entries({ ...query, user_id: user.user_id }).filter(([, value]) => value !== undefined)
      const search = new URLSearchParams(wanted.map(([name, value]) => [name, String(value)]))
      return { status: 200, body: await sidecar.invoke('notification-service', `notifications?${search}`, origin) }
    },
  })
