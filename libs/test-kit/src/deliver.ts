import type { CloudEvent, Topic } from '@taskflow/event-contracts'

/** A message for a bulk delivery: an event, or any bytes that Kafka may hold. */
export type Message = CloudEvent | Uint8Array

/** Position of a message in Kafka. */
export interface Position {
  partition: number
  offset: number
}

/** The header by which a service recognizes a delivery of its sidecar, besides the token. */
export const deliveryHeaders = { pubsubname: 'kafka-pubsub' }

/**
 * The body with which daprd 1.18.2 delivers messages in bulk when rawPayload is set on the subscription
 * (docs/dapr-behaviour.md): base64 of the exact bytes, position and key as metadata.
 */
export const bulkDelivery = (topic: Topic, messages: Message[], from: Position = { partition: 0, offset: 0 }) => ({
  id: 'bulk',
  topic,
  pubsubname: 'kafka-pubsub',
  entries: messages.map((message, index) => {
    const bytes = message instanceof Uint8Array ? message : Buffer.from(JSON.stringify(message))
    const key = message instanceof Uint8Array ? 'unknown' : message.partitionkey
    return {
      entryId: String(index),
      event: Buffer.from(bytes).toString('base64'),
      contentType: 'application/octet-stream',
      metadata: {
        __key: key,
        __partition: String(from.partition),
        __offset: String(from.offset + index),
        __topic: topic,
        __timestamp: '1767225600000',
      },
    }
  }),
})
