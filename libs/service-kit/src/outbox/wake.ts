import type { Notify } from '../database/notify.ts'
import type { ServiceSchema } from '../services.ts'

/** The NOTIFY channel on which the relay of an outbox listens. */
export const outboxChannel = (schema: ServiceSchema): string => `${schema}_outbox`

/** Wakes the relays of outboxes after a commit: that of this process directly, that of another process by NOTIFY. */
export const createWake = (notify: Notify) => {
  const local = new Map<ServiceSchema, () => void>()
  const notifyOthers = (schema: ServiceSchema) => notify(outboxChannel(schema))
  return {
    /** The relay of this process, which is woken directly while it is active. */
    register: (schema: ServiceSchema, relay: { isActive: () => boolean; wake: () => void }) => {
      local.set(schema, () => (relay.isActive() ? relay.wake() : notifyOthers(schema)))
    },
    wake: (schemas: Iterable<ServiceSchema>) => {
      for (const schema of schemas) (local.get(schema) ?? (() => notifyOthers(schema)))()
    },
  }
}
export type Wake = ReturnType<typeof createWake>
