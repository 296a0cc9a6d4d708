import { json } from 'node:stream/consumers'
import { Pool } from 'undici'
import { type BenchEvent, makeEvents } from '../events.ts'
import { bareConsumer } from './bare-consumer.ts'
import { type Contender, inParallel } from './contender.ts'

const batchSize = 200

/**
 * (b) Bare Dapr in bulk: calls of 200 events, two in flight, and bulk deliveries of up to 500 to a handler that does
 * nothing. No database. The fastest a Dapr mesh over Kafka can be: the baseline for the cost of checks and
 * transactions.
 */
export const bareBulk: Contender = {
  publisher: async ({ topic, sidecarUrl, daprApiToken }) => {
    const sidecar = new Pool(sidecarUrl, { connections: 2 })
    const publish = async (body: string) => {
      const answer = await sidecar.request({
        method: 'POST',
        path: `/v1.0/publish/bulk/kafka-pubsub/${topic}?metadata.rawPayload=true`,
        headers: { 'dapr-api-token': daprApiToken, 'content-type': 'application/json' },
        body,
      })
      await answer.body.dump()
      if (answer.statusCode !== 204) throw new Error(`the sidecar responded with ${answer.statusCode}`)
    }
    return {
      publishMany: async (count, begin) => {
        const events = makeEvents(count)
        const batches = Array.from({ length: Math.ceil(count / batchSize) }, (_, index) =>
          events.slice(index * batchSize, (index + 1) * batchSize),
        )
        begin()
        await inParallel(batches, 2, (batch) => publish(bulkBody(batch)))
      },
      publishOne: async (stamp) => {
        const [event] = makeEvents(1)
        stamp(event!.key)
        await publish(bulkBody([event!]))
      },
      stop: () => sidecar.close(),
    }
  },

  consumer: ({ topic, port }, taken) => {
    const bulkSubscribe = { enabled: true, maxMessagesCount: 500, maxAwaitDurationMs: 5 }
    return bareConsumer(port, { topic, route: '/events', bulkSubscribe }, async (request) => {
      const { entries } = (await json(request)) as { entries: { entryId: string; metadata: { __key: string } }[] }
      taken(entries.map((entry) => entry.metadata.__key))
      return { statuses: entries.map(({ entryId }) => ({ entryId, status: 'SUCCESS' })) }
    })
  },
}

/** The body of one call. The texts are JSON already. */
const bulkBody = (events: BenchEvent[]): string =>
  `[${events
    .map(
      ({ id, key, text }) =>
        `{"entryId":"${id}","event":${text},"contentType":"application/cloudevents+json","metadata":{"partitionKey":"${key}"}}`,
    )
    .join(',')}]`
