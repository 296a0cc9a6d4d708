import { setTimeout as delay } from 'node:timers/promises'
import { Consumer, MessagesStreamModes } from '@platformatic/kafka'
import { type Topic, topics } from '@taskflow/event-contracts'
import { type Lag, readConsumerLag } from '@taskflow/kafka-admin'
import type { Mesh } from '@taskflow/local-mesh'
import { serviceNames } from '@taskflow/service-kit'
import { eventuallyWithin } from '@taskflow/test-kit'
import { consumers } from './consumers.ts'

/** A service, and the token of its sidecar. */
type Member = Pick<Mesh['members'][keyof Mesh['members']], 'url' | 'appApiToken'>

interface Message {
  topic: string
  key: string
  value: Buffer
  partition: number
  offset: bigint
}

/**
 * Delivers every message of the broker to each of its consumers again, in parallel with the sidecars: 2 to 10 times at
 * once, in batches that mix partitions and keys at random. Keeps only the order within a key, which is all that is
 * guaranteed. Returns the number of deliveries so far, and a function to stop.
 */
export const redeliver = async (mesh: Mesh): Promise<{ count: () => number; stop: () => Promise<void> }> => {
  const consumer = new Consumer({
    clientId: 'redeliver',
    groupId: `redeliver-${Date.now()}`,
    bootstrapBrokers: [mesh.brokers],
    maxWaitTime: 20,
  })
  const stream = await consumer.consume({
    topics: Object.keys(topics),
    mode: MessagesStreamModes.LATEST,
    autocommit: false,
  })
  // A message from before the start may not have been delivered yet, and must not come after a later one of its key.
  const began = await readConsumerLag(mesh)
  await eventuallyWithin(60)('everything from before is handled', async () => {
    const now = new Map((await readConsumerLag(mesh)).map((each) => [placeOf(each), each.committed ?? 0]))
    return began.every((each) => (now.get(placeOf(each)) ?? 0) >= each.end)
  })
  let waiting: Message[] = []
  let ended = false
  let count = 0
  const reading = (async () => {
    for await (const { topic, key, value, partition, offset } of stream)
      waiting.push({ topic, key: key?.toString() ?? '', value, partition, offset })
  })()

  const deliver = async (
    member: Member,
    topic: string,
    messages: Message[],
    deadline = performance.now() + 60_000,
  ): Promise<void> => {
    const answer = await fetch(`${member.url}/events/${topic}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'dapr-api-token': member.appApiToken,
        pubsubname: 'kafka-pubsub',
      },
      body: JSON.stringify({
        id: 'again',
        topic,
        pubsubname: 'kafka-pubsub',
        entries: messages.map(({ key, value, partition, offset }, index) => ({
          entryId: String(index),
          event: value.toString('base64'),
          contentType: 'application/octet-stream',
          metadata: { __key: key, __partition: `${partition}`, __offset: `${offset}`, __topic: topic },
        })),
      }),
    })
    const { statuses } = (await answer.json()) as { statuses: { status: string }[] }
    count += messages.length
    const again = messages.filter((_, index) => statuses[index]?.status !== 'SUCCESS')
    if (again.length === 0) return
    if (performance.now() > deadline) throw new Error(`${topic}: ${again.length} messages are not acknowledged`)
    await delay(250)
    await deliver(member, topic, again, deadline)
  }

  const delivering = (async () => {
    while (!ended || waiting.length > 0) {
      const batch = waiting
      waiting = []
      if (batch.length === 0) await delay(10)
      // The next round waits for this one, to keep the order within a key.
      await Promise.all(
        serviceNames.flatMap((service) =>
          [...new Set(consumers.filter((each) => each.service === service).map(({ topic }) => topic))].flatMap(
            (topic) => {
              const messages = batch.filter((message) => message.topic === (topic as Topic))
              if (messages.length === 0) return []
              const times = 2 + Math.floor(Math.random() * 9)
              return Array.from({ length: times }, () => deliver(mesh.members[service], topic, mixed(messages)))
            },
          ),
        ),
      )
    }
  })()

  return {
    count: () => count,
    stop: async () => {
      ended = true
      await delivering
      await stream.close()
      await reading
      await consumer.close()
    },
  }
}

const placeOf = ({ group, topic, partition }: Lag): string => `${group} ${topic} ${partition}`

/** The messages in random order, keeping the order within a key. */
const mixed = (messages: Message[]): Message[] => {
  const lanes = [...Map.groupBy(messages, ({ key }) => key).values()].map((lane) => [...lane])
  const result: Message[] = []
  while (lanes.length > 0) {
    const index = Math.floor(Math.random() * lanes.length)
    result.push(lanes[index]!.shift()!)
    if (lanes[index]!.length === 0) lanes.splice(index, 1)
  }
  return result
}
