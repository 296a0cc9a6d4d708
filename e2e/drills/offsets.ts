import { Admin, ListOffsetTimestamps } from '@platformatic/kafka'
import { topics } from '@taskflow/event-contracts'
import { serviceNames } from '@taskflow/service-kit'

export const { EARLIEST: earliest } = ListOffsetTimestamps

export const withAdmin = async <T>(brokers: string, work: (admin: Admin) => Promise<T>): Promise<T> => {
  const admin = new Admin({ clientId: 'drills', bootstrapBrokers: [brokers], retries: 10, retryDelay: 300 })
  try {
    return await work(admin)
  } finally {
    await admin.close()
  }
}

/** Offset of the first message at that time or later, by topic and partition; the end where none exists. */
const offsetsAt = async (admin: Admin, timestamp: bigint): Promise<Map<string, bigint>> => {
  const query = Object.entries(topics).map(([name, { partitions }]) => ({
    name,
    partitions: Array.from({ length: partitions }, (_, partitionIndex) => ({ partitionIndex, timestamp })),
  }))
  const found = await admin.listOffsets({ topics: query })
  return new Map(
    found.flatMap(({ name, partitions }) =>
      partitions.map(({ partitionIndex, offset }) => [`${name}/${partitionIndex}`, offset] as const),
    ),
  )
}

/**
 * Resets all consumer groups to a time (milliseconds, or earliest) in the partitions they have read, as
 * kafka-consumer-groups --reset-offsets does; they must have no members. Returns the number of messages to come again,
 * each counted once per group.
 */
export const resetGroups = (brokers: string, time: bigint): Promise<number> =>
  withAdmin(brokers, async (admin) => {
    const to = await offsetsAt(admin, time)
    let again = 0
    for (const { groupId, topics: read } of await admin.listConsumerGroupOffsets({ groups: [...serviceNames] })) {
      const changed = read.map(({ name, partitions }) => ({
        name,
        partitionOffsets: partitions.flatMap(({ partitionIndex: partition, committedOffset }) => {
          const offset = to.get(`${name}/${partition}`) ?? -1n
          if (offset < 0n || offset >= committedOffset) return []
          again += Number(committedOffset - offset)
          return [{ partition, offset }]
        }),
      }))
      await admin.alterConsumerGroupOffsets({
        groupId,
        topics: changed.filter(({ partitionOffsets }) => partitionOffsets.length > 0),
      })
    }
    return again
  })

/** The lowest committed offset of all groups, by partition: no group needs earlier messages. */
export const leastCommitted = (brokers: string, topic: string): Promise<{ partition: number; offset: bigint }[]> =>
  withAdmin(brokers, async (admin) => {
    const groups = await admin.listConsumerGroupOffsets({ groups: [...serviceNames] })
    const committed = groups.flatMap(({ topics: read }) =>
      read.flatMap((each) => (each.name === topic ? each.partitions : [])),
    )
    const byPartition = Map.groupBy(committed, ({ partitionIndex }) => partitionIndex)
    return [...byPartition].map(([partition, all]) => ({
      partition,
      offset: BigInt(Math.min(...all.map(({ committedOffset }) => Number(committedOffset)))),
    }))
  })
