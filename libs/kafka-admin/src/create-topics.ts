import { setTimeout as delay } from 'node:timers/promises'
import { type Admin, ConfigResourceTypes, IncrementalAlterConfigOperationTypes } from '@platformatic/kafka'
import { createAdmin, type KafkaAccess } from './kafka-access.ts'
import { KafkaError } from './kafka-error.ts'

export interface TopicPlan {
  partitions: number
  retentionDays: number
}

const dayMs = 24 * 60 * 60 * 1_000

/**
 * Creates missing topics, corrects a retention that differs, and resolves when the broker's metadata list them all: a
 * sidecar that subscribes to a missing topic gets no events of any topic. Partitions never change, because keys would
 * move to other partitions and lose their order. Returns what was done, one line each.
 */
export const createTopics = async (
  brokers: string,
  topics: Record<string, TopicPlan>,
  access: KafkaAccess = {},
): Promise<string[]> => {
  const admin = createAdmin(brokers, access)
  try {
    const existing = await admin.listTopics()
    const missing = Object.entries(topics).filter(([name]) => !existing.includes(name))
    for (const [name, plan] of missing) await createTopic(admin, name, plan)
    await untilVisible(admin, topics)
    const corrected: string[] = []
    for (const [name, plan] of Object.entries(topics)) {
      if (await correctRetention(admin, name, plan)) corrected.push(name)
    }
    return [...missing.map(([name]) => `created ${name}`), ...corrected.map((name) => `corrected retention of ${name}`)]
  } finally {
    await admin.close()
  }
}

const createTopic = async (admin: Admin, name: string, { partitions, retentionDays }: TopicPlan): Promise<void> => {
  const configs = [{ name: 'retention.ms', value: String(retentionDays * dayMs) }]
  try {
    await admin.createTopics({ topics: [name], partitions, replicas: -1, configs })
  } catch (error) {
    if (!(await admin.listTopics()).includes(name)) throw error // another process may have created it just now
  }
}

const untilVisible = async (admin: Admin, topics: Record<string, TopicPlan>): Promise<void> => {
  const deadline = Date.now() + 15_000
  for (;;) {
    const shown = await partitionCounts(admin, Object.keys(topics))
    const differing = Object.entries(topics).find(([name, { partitions }]) => {
      const count = shown.get(name)
      return count !== undefined && count !== partitions
    })
    if (differing) throw partitionsDiffer(differing[0], shown.get(differing[0])!, differing[1].partitions)
    if (Object.keys(topics).every((name) => shown.has(name))) return
    if (Date.now() > deadline) throw new KafkaError('Kafka does not list the new topics after 15 s.')
    await delay(50)
  }
}

const partitionsDiffer = (name: string, actual: number, planned: number): KafkaError =>
  new KafkaError(`The topic ${name} has ${actual} partitions instead of ${planned}.`, {
    fix: `delete the topic when its events are consumed, then start again (locally: npm start -- --fresh)`,
  })

/** Partitions per topic, without topics that have no leaders yet. */
const partitionCounts = async (admin: Admin, names: string[]): Promise<Map<string, number>> => {
  try {
    const { topics } = await admin.metadata({ topics: names, forceUpdate: true })
    return new Map([...topics].map(([name, { partitionsCount }]) => [name, partitionsCount]))
  } catch {
    return new Map()
  }
}

const correctRetention = async (admin: Admin, name: string, { retentionDays }: TopicPlan): Promise<boolean> => {
  const value = String(retentionDays * dayMs)
  const resource = { resourceType: ConfigResourceTypes.TOPIC, resourceName: name }
  const described = await admin.describeConfigs({ resources: [{ ...resource, configurationKeys: ['retention.ms'] }] })
  if (described[0]?.configs.find((config) => config.name === 'retention.ms')?.value === value) return false
  const set = { name: 'retention.ms', value, configOperation: IncrementalAlterConfigOperationTypes.SET }
  await admin.incrementalAlterConfigs({ resources: [{ ...resource, configs: [set] }] })
  return true
}
