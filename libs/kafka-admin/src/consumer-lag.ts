import { readFileSync } from 'node:fs'
import { ListOffsetTimestamps } from '@platformatic/kafka'
import { topics } from '@taskflow/event-contracts'
import { serviceNames } from '@taskflow/service-kit'
import { createAdmin, type KafkaAccess, kafkaAccess } from './kafka-access.ts'

/** Lag of a consumer group in a partition: messages published and not yet acknowledged by the service. */
export interface Lag {
  topic: string
  partition: number
  group: string
  /** Offset of the next message. */
  end: number
  /** Offset the group has committed; null before its first commit. */
  committed: number | null
  lag: number
}

/** Addresses of the brokers and how to log in. */
export type Kafka = KafkaAccess & { brokers: string }

/** Undefined when no brokers are configured. Throws when the file KAFKA_CA cannot be read. */
export const kafkaOf = (
  config: Partial<Record<'KAFKA_BROKERS' | 'KAFKA_USERNAME' | 'KAFKA_PASSWORD' | 'KAFKA_CA', string | undefined>>,
): Kafka | undefined => {
  const { KAFKA_BROKERS: brokers, KAFKA_USERNAME: username, KAFKA_PASSWORD: password, KAFKA_CA: ca } = config
  if (!brokers) return undefined
  if (!username || !password) return { brokers }
  return { brokers, ...kafkaAccess({ username, password, ca: ca && readFileSync(ca, 'utf8') }) }
}

/**
 * Lag of every group (a service's app id) in every partition it has read. Uses a Kafka admin client, because sidecars
 * do not expose it; throws when no broker responds.
 */
export const readConsumerLag = async ({ brokers, ...access }: Kafka): Promise<Lag[]> => {
  const admin = createAdmin(brokers, access, { retries: 1, connectTimeout: 2_000, timeout: 3_000 })
  try {
    const request = Object.entries(topics).map(([name, { partitions }]) => ({
      name,
      partitions: Array.from({ length: partitions }, (_, partitionIndex) => ({
        partitionIndex,
        timestamp: ListOffsetTimestamps.LATEST,
      })),
    }))
    const [offsets, groups] = await Promise.all([
      admin.listOffsets({ topics: request }),
      admin.listConsumerGroupOffsets({ groups: [...serviceNames] }),
    ])
    const ends = new Map(
      offsets.flatMap(({ name, partitions }) =>
        partitions.map((each) => [`${name}/${each.partitionIndex}`, Number(each.offset)]),
      ),
    )
    return groups.flatMap(({ groupId, topics: read }) =>
      read.flatMap(({ name, partitions }) =>
        partitions.map(({ partitionIndex, committedOffset }) => {
          const end = ends.get(`${name}/${partitionIndex}`) ?? 0
          const committed = committedOffset < 0n ? null : Number(committedOffset)
          return {
            topic: name,
            partition: partitionIndex,
            group: groupId,
            end,
            committed,
            lag: Math.max(0, end - (committed ?? 0)),
          }
        }),
      ),
    )
  } finally {
    await admin.close()
  }
}
