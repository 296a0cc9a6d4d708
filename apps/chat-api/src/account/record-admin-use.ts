import { adminActed } from '@taskflow/event-contracts'
import { type AdminUse, appendEvents, type BaseDeps, newEvent } from '@taskflow/service-kit'
import { LRUCache } from 'lru-cache'

/** Who goes on watching the same is recorded anew after this. */
const watchedFor = Temporal.Duration.from({ minutes: 5 })

/**
 * Tells the mesh, and so the audit log, what an admin asks for: committed before it is done. What a page asks every few
 * seconds is told once in five minutes for the same admin, question and address, or the log would hold little else.
 */
export const recordAdminUse = ({ transaction, clock }: Pick<BaseDeps, 'transaction' | 'clock'>) => {
  const until = new LRUCache<string, Temporal.Instant>({ max: 1_000 })
  return async ({ user_id, operation, given, address, origin, isWatched }: AdminUse): Promise<void> => {
    const use = JSON.stringify([user_id, operation, given, address])
    const now = clock.now()
    const told = until.get(use)
    if (isWatched && told && Temporal.Instant.compare(now, told) < 0) return
    await transaction(
      (tx) =>
        appendEvents(tx, 'tasks', [
          newEvent('user-events', adminActed, {
            key: user_id,
            subject: user_id,
            user_id,
            // As it will be read: without what JSON does not know.
            payload: { operation, given: JSON.parse(JSON.stringify(given)), address },
          }),
        ]),
      origin,
    )
    if (isWatched) until.set(use, now.add(watchedFor))
  }
}
