import { type Channel, ledger } from '@taskflow/database'
import { type BaseDeps, createLoop, followDatabase, type Loop, type Origin } from '@taskflow/service-kit'
import { and, eq, gt, isNull, min } from 'drizzle-orm'
import { type ClaimOptions, claimDeliveries, renewClaim } from '../domain/claim.ts'
import type { Delivery } from '../domain/delivery.ts'
import type { Outcome } from '../domain/outcome.ts'
import { createPause } from '../domain/pause.ts'
import type { Places } from '../domain/places.ts'
import { recordOutcome } from '../domain/record.ts'
import { causedBy, failureOf, sendingSpan } from '../domain/trace-sending.ts'
import { createTurns } from '../domain/turns.ts'
import type { NotificationMetrics } from '../metrics.ts'

const pollInterval = 30_000
const renewInterval = 30_000
const recordRetryDelay = 1_000

export interface SendOptions extends Pick<ClaimOptions, 'limits' | 'host'> {
  channel: Channel
  /** Deliveries in flight; each is to another person. */
  places: Places
  /** Sends one delivery. Failures of the receiver are outcomes, not errors. */
  send: (delivery: Delivery, stopping: AbortSignal) => Promise<Outcome>
}

/**
 * Sends pending notifications of the ledger on one channel. No transaction is open while one is sent, and a slow
 * receiver delays only its own.
 */
export const sendPending = (
  {
    transaction,
    db,
    clock,
    log,
    tracing,
    attempts: counted,
    duration,
  }: Pick<BaseDeps, 'transaction' | 'db' | 'clock' | 'log' | 'tracing'> & NotificationMetrics,
  { channel, places, send, limits, host }: SendOptions,
): Loop => {
  const inFlight = new Set<Promise<void>>()
  let ended = 0
  const stopping = new AbortController()
  const pause = createPause(clock)
  const turns = createTurns(channel)

  const attempt = async (delivery: Delivery): Promise<Outcome> => {
    const renewing = setInterval(() => {
      transaction((tx) => renewClaim(tx, delivery)).catch((error) => log.warn('a claim was not renewed', { error }))
    }, renewInterval)
    try {
      return await send(delivery, stopping.signal)
    } catch (error) {
      log.error('a notification could not be made', { error })
      return { result: 'later', reason: 'it could not be made' }
    } finally {
      clearInterval(renewing)
    }
  }

  const deliver = async (claimed: Delivery, answered: () => void): Promise<void> => {
    const span = tracing.start(`send ${channel}`, sendingSpan(claimed))
    const delivery = causedBy(span.traceparent, claimed)
    const end = duration.startTimer({ channel })
    const outcome = await attempt(delivery)
    answered()
    end()
    span.end({ error: failureOf(outcome) })
    counted.inc({ channel, outcome: outcome.result.replace(' ', '_') })
    const isAway = outcome.result === 'server away' || outcome.result === 'unclear'
    const seconds = isAway ? pause.begin() : 0
    if (!isAway) pause.end()
    if (outcome.result !== 'sent') {
      const { reminder_id, attempts } = delivery.rows[0]!
      log.warn('a notification was not taken', { channel, reminder_id, attempts, ...outcome })
    }
    const origin = delivery.rows[0]!.origin as Origin
    const record = () => transaction((tx) => recordOutcome(tx, delivery, outcome, seconds), origin)
    // Without a record it would be sent again: while the database is away, retry for as long as the lease lasts.
    for (let tries = 60; ; tries--) {
      try {
        return await record()
      } catch (error) {
        log.warn('the outcome of a notification could not be recorded', { error })
        if (tries === 0 || stopping.signal.aborted) return
        await new Promise((resolve) => setTimeout(resolve, recordRetryDelay))
      }
    }
  }

  /** Starts due deliveries; returns in how many milliseconds there may be more to do. */
  const step = async (): Promise<number> => {
    await followDatabase(clock, db.$client)
    if (pause.left() > 0) return pause.left()
    const free = places.free()
    if (free === 0) return pollInterval
    const options = { channel, turns, maxPeople: free, admit: places.admission(), limits, host }
    const { deliveries, again } = await transaction((tx) => claimDeliveries(tx, options))
    for (const delivery of deliveries) {
      const place = places.enter(delivery.recipient.user_id)
      const running = deliver(delivery, place.answered).finally(() => {
        place.leave()
        inFlight.delete(running)
        ended++
        loop.wake()
      })
      inFlight.add(running)
    }
    return again ?? untilNext()
  }

  const untilNext = async (): Promise<number> => {
    const now = clock.now()
    const { next_attempt_at, state, claimed_until } = ledger
    const [nearest] = await db
      .select({ at: min(next_attempt_at) })
      .from(ledger)
      .where(
        and(
          eq(state, 'pending'),
          eq(ledger.channel, channel),
          isNull(claimed_until),
          gt(next_attempt_at, now.toString()),
        ),
      )
    if (!nearest?.at) return pollInterval
    return Math.max(50, Temporal.Instant.from(nearest.at).epochMilliseconds - now.epochMilliseconds)
  }

  const loop = createLoop({
    name: `pending ${channel}`,
    maxWait: pollInterval,
    onError: (error) => log.warn('pending notifications could not be looked at', { channel, error }),
    step,
  })
  return {
    ...loop,
    processDue: async () => {
      for (;;) {
        const before = ended
        const wait = await step()
        // A delivery that ended during the step made room for another.
        if (ended !== before) continue
        if (inFlight.size > 0) await Promise.race(inFlight)
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
