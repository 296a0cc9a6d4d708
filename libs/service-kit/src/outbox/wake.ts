import type { Notify } from '../database/notify.ts'
import type { ServiceSchema } from '../services.ts'

/** The NOTIFY channel on which the relay of an outbox listens. */
export const outboxChannel = (schema: ServiceSchema): string => `${schema}_outbox`

/**
 * Tells the relays of outboxes that rows were committed. The relay in this process is woken directly, one of another
 * process by NOTIFY.
 */
export const createWake = (notify: Notify) => {
  const local = new Map<ServiceSchema, () => void>()
  const tell = (schema: ServiceSchema) => notify(outboxChannel(schema))
  return {
    /** `rouse` is called instead of NOTIFY while `isActive()`, that is while the relay of this process holds the lock. */
    register: (schema: ServiceSchema, relay: { isActive: () => boolean; wake: () => void }) => {
      local.set(schema, () => (relay.isActive() ? relay.wake() : tell(schema)))
    },
    wake: (schemas: Iterable<ServiceSchema>) => {
      for (const schema of schemas) (local.get(schema) ?? (() => tell(schema)))()
    },
  }
}
export type Wake = ReturnType<typeof createWake>
