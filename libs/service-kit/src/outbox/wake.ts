import type pg from 'pg'
import type { Log } from '../log.ts'
import type { ServiceSchema } from '../services.ts'

/** The NOTIFY channel on which the relay of an outbox listens. */
export const outboxChannel = (schema: ServiceSchema): string => `${schema}_outbox`

/**
 * Tells the relays of outboxes that rows were committed. The relay in this process is woken directly, one of another
 * process by NOTIFY: sent after the commit and coalesced, because NOTIFY inside transactions serializes their commits.
 */
export const createWake = (options: { pool: pg.Pool; log: Log }) => {
  const local = new Map<ServiceSchema, () => void>()
  /** Schemas whose NOTIFY is under way; true: rows were committed meanwhile, so another must follow. */
  const sending = new Map<ServiceSchema, boolean>()
  const notify = async (schema: ServiceSchema): Promise<void> => {
    if (sending.has(schema)) {
      sending.set(schema, true)
      return
    }
    sending.set(schema, false)
    await options.pool.query('SELECT pg_notify($1, $2)', [outboxChannel(schema), '']).catch((error) => {
      options.log.debug('could not wake a relay; it looks by itself every 500 ms', { schema, error })
    })
    const again = sending.get(schema)
    sending.delete(schema)
    if (again) await notify(schema)
  }
  return {
    /** `rouse` is called instead of NOTIFY while `isActive()`, that is while the relay of this process holds the lock. */
    register: (schema: ServiceSchema, relay: { isActive: () => boolean; wake: () => void }) => {
      local.set(schema, () => (relay.isActive() ? relay.wake() : notify(schema)))
    },
    wake: (schemas: Iterable<ServiceSchema>) => {
      for (const schema of schemas) (local.get(schema) ?? (() => notify(schema)))()
    },
  }
}
export type Wake = ReturnType<typeof createWake>
