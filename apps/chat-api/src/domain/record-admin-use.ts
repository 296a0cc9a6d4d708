import { adminActed } from '@taskflow/event-contracts'
import { type AdminUse, appendEvents, type BaseDeps, newEvent } from '@taskflow/service-kit'

/** Tells the mesh, and so the audit log, what an admin asks for: committed before it is done. */
export const recordAdminUse =
  ({ transaction }: Pick<BaseDeps, 'transaction'>) =>
  ({ user_id, operation, given, address, origin }: AdminUse): Promise<void> =>
    transaction(
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
