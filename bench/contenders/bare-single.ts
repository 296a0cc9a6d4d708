import { json } from 'node:stream/consumers'
import { Pool } from 'undici'
import { type BenchEvent, makeEvents } from '../events.ts'
import { bareConsumer } from './bare-consumer.ts'
import { type Contender, inParallel } from './contender.ts'

/**
 * (a) Bare Dapr, one event a call: 32 publishers post to the sidecar over keep-alive connections, the consumer's
 * sidecar posts each event to a handler that does nothing. No database. The transport as most people first use it.
 */
export const bareSingle: Contender = {
  publisher: async ({ topic, sidecarUrl, daprApiToken }) => {
    const sidecar = new Pool(sidecarUrl, { connections: 32 })
    const publish = async ({ key, text }: BenchEvent) => {
      const { statusCode, body } = await sidecar.request({
        method: 'POST',
        path: `/v1.0/publish/kafka-pubsub/${topic}?metadata.rawPayload=true&metadata.partitionKey=${key}`,
        headers: { 'dapr-api-token': daprApiToken, 'content-type': 'application/cloudevents+json' },
        body: text,
      })
      await body.dump()
      if (statusCode !== 204) throw new Error(`the sidecar responded with ${statusCode}`)
    }
    return {
      publishMany: async (count, begin) => {
        const events = makeEvents(count)
        begin()
        await inParallel(events, 32, publish)
      },
      publishOne: async (stamp) => {
        const [event] = makeEvents(1)
        stamp(event!.key)
        await publish(event!)
      },
      stop: () => sidecar.close(),
    }
  },

  consumer: ({ topic, port }, taken) =>
    bareConsumer(port, { topic, route: '/event' }, async (request) => {
      await json(request)
      taken([String(request.headers.__key)])
      return { status: 'SUCCESS' }
    }),
}
