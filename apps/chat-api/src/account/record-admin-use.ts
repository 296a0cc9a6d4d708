import { adminActed } from '@taskflow/event-contracts'
import type { AdminUse, BaseDeps } from '@taskflow/service-kit'
import { LRUCache } from 'lru-cache'
import { appendUserEvent } from './user-events.ts'

/** An admin who keeps watching the same is recorded again after this. */
const recordedFor = Temporal.Duration.from({ minutes: 5 })

/**
 * Publishes what an admin asks for, for the audit log: committed before it is done. Requests that a page repeats every
 * few seconds are recorded once in five minutes per admin, request and address, or the log would hold little else.
 */
export const recordAdminUse = ({ transaction, clock }: Pick<BaseDeps, 'transaction' | 'clock'>) => {
  const until = new LRUCache<string, Temporal.Instant>({ max: 1_000 })
  return async ({ user_id, operation, given, address, origin, isWatched }: AdminUse): Promise<void> => {
    const use = JSON.stringify([user_id, operation, given, address])
    const now = clock.now()
    const recordedUntil = until.get(use)
    if (isWatched && recordedUntil && Temporal.Instant.compare(now, recordedUntil) < 0) return
    // As it will be read: without what JSON does not know.
    const payload = { operation, given: JSON.parse(JSON.stringify(given)), address }
    await transaction((tx) => appendUserEvent(tx, adminActed, user_id, payload), origin)
    if (isWatched) until.set(use, now.add(recordedFor))
  }
}
