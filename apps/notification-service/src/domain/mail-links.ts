import { addressDigest, type LinkClaims, linkAudience, type TaskLinkClaims } from '@taskflow/event-contracts'
import type { Clock } from '@taskflow/service-kit'
import { SignJWT } from 'jose'

/** Creates the links in mails; chat-api, which has the same secret, acts on them. */
export interface MailLinks {
  /** A link that lets its holder do one action, once. */
  create(action: TaskLinkClaims['action'], about: Firing): Promise<string>
  /** A link in a reminder that stops mail to the address it was sent to. */
  unsubscribe(about: Firing, address: string): Promise<string>
  /** The same in a mail about an account. */
  stop(user_id: string, address: string): Promise<string>
}

interface Firing {
  user_id: string
  task_id: string
  reminder_id: string
  fired_for: string
}

/** A week for actions on a task; unsubscribing must also work from an old mail. */
const validDays: Record<LinkClaims['action'], number> = { complete: 7, snooze: 7, unsubscribe: 365 }

export const createMailLinks = (options: { secret: string; publicUrl: string; clock: Clock }): MailLinks => {
  const key = new TextEncoder().encode(options.secret)
  const sign = async (claims: LinkClaims): Promise<string> => {
    const token = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).setAudience(linkAudience).sign(key)
    return new URL(`/links/${token}`, options.publicUrl).href
  }
  const expiry = (action: LinkClaims['action']) =>
    Math.floor(options.clock.now().epochMilliseconds / 1_000) + validDays[action] * 86_400
  // The same in every copy of a mail, so that following it twice acts once.
  const idOf = (action: string, { reminder_id, fired_for }: Firing) =>
    `${action}.${reminder_id}.${Temporal.Instant.from(fired_for).epochMilliseconds}`
  return {
    create: (action, firing) => {
      const { user_id: sub, task_id, reminder_id } = firing
      return sign({ jti: idOf(action, firing), sub, action, task_id, reminder_id, exp: expiry(action) })
    },
    unsubscribe: (firing, address) => {
      const { user_id: sub, task_id, reminder_id } = firing
      const claims = { jti: idOf('unsubscribe', firing), sub, task_id, reminder_id, to: addressDigest(address) }
      return sign({ ...claims, action: 'unsubscribe', exp: expiry('unsubscribe') })
    },
    stop: (sub, address) => {
      const to = addressDigest(address)
      return sign({ jti: `stop.${to}`, sub, to, action: 'unsubscribe', exp: expiry('unsubscribe') })
    },
  }
}
