import { createHash } from 'node:crypto'
import { z } from 'zod'

const everyLink = { jti: z.string(), sub: z.uuid().meta({ description: 'the person' }), exp: z.int() }

/** A link that does something with a task. */
const taskLinkClaims = z.object({
  ...everyLink,
  action: z.enum(['complete', 'snooze']),
  task_id: z.uuid(),
  reminder_id: z.uuid(),
})
export type TaskLinkClaims = z.infer<typeof taskLinkClaims>

/** A link that stops mail to an address, whoever has an account with it. */
const unsubscribeClaims = z.object({
  ...everyLink,
  action: z.literal('unsubscribe'),
  to: z.string().max(100).optional().meta({ description: 'addressDigest of the address; older mails have none' }),
  task_id: z.uuid().optional(),
  reminder_id: z.uuid().optional(),
})
export type UnsubscribeClaims = z.infer<typeof unsubscribeClaims>

/**
 * The claims of a link in a mail: a JWT (RFC 7519) with HMAC-SHA256 under LINK_SECRET. notification-service signs it,
 * chat-api acts on it. `jti` names the firing, so that the same link in two copies of a mail acts once.
 */
export const linkClaims = z.discriminatedUnion('action', [taskLinkClaims, unsubscribeClaims])
export type LinkClaims = z.infer<typeof linkClaims>
export const linkAudience = 'taskflow-links'

/** The address a link was mailed to, without writing it into the link. */
export const addressDigest = (address: string): string =>
  createHash('sha256').update(address.toLowerCase()).digest('base64url')
