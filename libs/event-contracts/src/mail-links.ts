import { z } from 'zod'

/** What a link in a mail may do. */
const linkAction = z.enum(['complete', 'snooze', 'unsubscribe'])

/**
 * The claims of a link in a mail: a JWT (RFC 7519) with HMAC-SHA256 under LINK_SECRET. notification-service signs it,
 * chat-api acts on it. `jti` names the firing, so that the same link in two copies of a mail acts once.
 */
export const linkClaims = z.object({
  jti: z.string(),
  sub: z.uuid().meta({ description: 'the person' }),
  action: linkAction,
  task_id: z.uuid(),
  reminder_id: z.uuid(),
  exp: z.int(),
})
export type LinkClaims = z.infer<typeof linkClaims>
export const linkAudience = 'taskflow-links'
