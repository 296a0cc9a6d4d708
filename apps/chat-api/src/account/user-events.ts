import type { EventOn, PayloadOf } from '@taskflow/event-contracts'
import { appendEvents, newEvent, type Tx } from '@taskflow/service-kit'

/** Publishes an event about a user; in order per user. */
export const appendUserEvent = <Definition extends EventOn<'user-events'>>(
  tx: Tx,
  definition: Definition,
  user_id: string,
  payload: PayloadOf<Definition>,
): Promise<void> =>
  appendEvents(tx, 'tasks', [newEvent('user-events', definition, { key: user_id, subject: user_id, user_id, payload })])
