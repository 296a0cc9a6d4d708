import { parseMessage } from '@taskflow/event-contracts'
import { storable } from './decode-delivery.ts'
import { isIgnored } from './handle-events.ts'
import { type InboxEntry, positionOf } from './rows.ts'
import type { Delivery, ReceivedEvent, Subscription } from './subscription.ts'

/** A message of the batch that could be read, or why not. */
export type Readable = InboxEntry & { received: ReceivedEvent }
/** `isNewer`: a replica of a newer release can read it. */
export type Unreadable = InboxEntry & { reason: string; isNewer: boolean }
export type Entry = Readable | Unreadable

export const isReadable = (entry: Entry): entry is Readable => 'received' in entry

/** Parses the messages. Leaves out events that this service ignores, and second copies within the batch. */
export const readBatch = (subscription: Subscription, deliveries: Delivery[]): Entry[] => {
  const entries = new Map<string, Entry>()
  for (const delivery of deliveries) {
    const message = parseMessage(subscription.topic, delivery.bytes)
    if (message.readable && message.event.id === '') message.event.id = positionOf(delivery)
    const entry: Entry = message.readable
      ? {
          id: message.event.id,
          type: message.event.type,
          user_id: message.event.data.user_id,
          delivery,
          received: { event: message.event, delivery },
        }
      : {
          id: storable(message.id ?? positionOf(delivery)),
          type: message.type && storable(message.type),
          user_id: message.user_id,
          reason: storable(message.reason),
          isNewer: message.isNewer,
          delivery,
        }
    const type = message.readable ? message.event.type : message.isNewer && message.type
    if (type && isIgnored(subscription.handlers[type])) continue
    if (!entries.has(entry.id)) entries.set(entry.id, entry)
  }
  return [...entries.values()]
}
