import { type LinkClaims, linkAudience } from '@taskflow/event-contracts'
import type { Clock } from '@taskflow/service-kit'
import { SignJWT } from 'jose'

/** Creates the links in mails; chat-api, which has the same secret, acts on them. */
export interface MailLinks {
  /** A link that lets its holder do one action, once. */
  create(
    action: LinkClaims['action'],
    about: { user_id: string; task_id: string; reminder_id: string; fired_for: string },
  ): Promise<string>
}

/** A week for actions on a task; unsubscribing must also work from an old mail. */
const validDays: Record<LinkClaims['action'], number> = { complete: 7, snooze: 7, unsubscribe: 365 }

export const createMailLinks = (options: { secret: string; publicUrl: string; clock: Clock }): MailLinks => {
  const key = new TextEncoder().encode(options.secret)
  return {
    create: async (action, { user_id, task_id, reminder_id, fired_for }) => {
      const exp = Math.floor(options.clock.now().epochMilliseconds / 1_000) + validDays[action] * 86_400
      // The same in every copy of a mail, so that following it twice acts once.
      const jti = `${action}.${reminder_id}.${Temporal.Instant.from(fired_for).epochMilliseconds}`
      const claims: LinkClaims = { jti, sub: user_id, action, task_id, reminder_id, exp }
      const token = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).setAudience(linkAudience).sign(key)
      return new URL(`/links/${token}`, options.publicUrl).href
    },
  }
}
