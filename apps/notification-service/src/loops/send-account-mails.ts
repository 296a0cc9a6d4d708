import { type AccountMailRow, accountMails } from '@taskflow/database'
import { type BaseDeps, createLoop, followDatabase, type Loop } from '@taskflow/service-kit'
import { min } from 'drizzle-orm'
import { claimAccountMails, recordMailOutcome, renewMailClaim } from '../domain/account-mail/claim-account-mails.ts'
import { serverLimit, take } from '../domain/limits.ts'
import type { Outcome } from '../domain/outcome.ts'
import { createPause } from '../domain/pause.ts'
import type { NotificationMetrics } from '../metrics.ts'

const pollInterval = 10_000
const renewInterval = 30_000
const channel = 'account'

/** Mails about accounts that are in flight at most; reminders have connections of their own. */
export const accountMailConnections = 2

export interface AccountMailOptions {
  /** Mails that the mail server takes in a day; 0: no limit. */
  perDay: number
  send: (mail: AccountMailRow, stopping: AbortSignal) => Promise<Outcome>
}

/**
 * Sends what chat-api wrote into identity.account_mails. They count against the mail server's daily limit but do not
 * wait for it, so that reminders cannot keep anybody from a new password. What cannot be sent until its link expires is
 * dropped. Neither address nor content is logged.
 */
export const sendAccountMails = (
  deps: Pick<BaseDeps, 'transaction' | 'db' | 'clock' | 'log'> & NotificationMetrics,
  { perDay, send }: AccountMailOptions,
): Loop => {
  const { transaction, db, clock, log, attempts: counted, duration } = deps
  const inFlight = new Set<Promise<void>>()
  const stopping = new AbortController()
  const pause = createPause(clock)
  const about = ({ id, content, attempts }: AccountMailRow) => ({ mail: id, kind: content.kind, attempts })

  const attempt = async (mail: AccountMailRow): Promise<Outcome> => {
    const renewing = setInterval(() => {
      transaction((tx) => renewMailClaim(tx, mail)).catch((error) => log.warn('a claim was not renewed', { error }))
    }, renewInterval)
    try {
      return await send(mail, stopping.signal)
    } catch (error) {
      log.error('an account mail could not be made and is dropped', { error, ...about(mail) })
      return { result: 'refused', reason: 'it could not be made' }
    } finally {
      clearInterval(renewing)
    }
  }

  const deliver = async (mail: AccountMailRow): Promise<void> => {
    const end = duration.startTimer({ channel })
    const outcome = await attempt(mail)
    end()
    const { result } = outcome
    counted.inc({ channel, outcome: result.replace(' ', '_') })
    const isAway = result === 'server away' || result === 'unclear'
    const seconds = isAway ? pause.begin() : 0
    if (!isAway) pause.end()
    if (result !== 'sent') log.warn('an account mail was not taken', { result, ...about(mail) })
    try {
      await transaction(async (tx) => {
        await recordMailOutcome(tx, mail, outcome, seconds)
        if (result === 'sent' || result === 'unclear') await take(tx, serverLimit(perDay))
      })
    } catch (error) {
      // Its claim expires, and it is sent once more with the same Message-ID.
      log.warn('the outcome of an account mail could not be recorded', { error, ...about(mail) })
    }
  }

  /** Starts what is due; returns in how many milliseconds there may be more to do. */
  const step = async (): Promise<number> => {
    await followDatabase(clock, db.$client)
    if (pause.left() > 0) return pause.left()
    const free = accountMailConnections - inFlight.size
    if (free === 0) return pollInterval
    const { mails, dropped } = await transaction((tx) => claimAccountMails(tx, free))
    for (const mail of dropped) log.warn('an account mail was given up', about(mail))
    for (const mail of mails) {
      const running = deliver(mail).finally(() => {
        inFlight.delete(running)
        loop.wake()
      })
      inFlight.add(running)
    }
    return mails.length + dropped.length > 0 ? 0 : untilNext()
  }

  const untilNext = async (): Promise<number> => {
    const [next] = await db.select({ at: min(accountMails.next_attempt_at) }).from(accountMails)
    if (!next?.at) return pollInterval
    const left = Temporal.Instant.from(next.at).epochMilliseconds - clock.now().epochMilliseconds
    return left > 0 ? left : pollInterval
  }

  const loop = createLoop({
    name: 'account mails',
    maxWait: pollInterval,
    onError: (error) => log.warn('account mails could not be looked at', { error }),
    step,
  })
  return {
    ...loop,
    processDue: async () => {
      for (;;) {
        const wait = await step()
        if (inFlight.size > 0) await Promise.all(inFlight)
        else if (wait > 0) return
      }
    },
    stop: async () => {
      stopping.abort()
      await loop.stop()
      await Promise.all(inFlight)
    },
  }
}
