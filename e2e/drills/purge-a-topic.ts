import { setTimeout as delay } from 'node:timers/promises'
import { topics } from '@taskflow/event-contracts'
import { createTopics } from '@taskflow/kafka-admin'
import { check, untilQuiet } from '../faults/checks.ts'
import { startLoad } from '../faults/load.ts'
import { type Drill, lightLoad } from './drill.ts'
import { startServices, stopServices } from './members.ts'
import { leastCommitted, withAdmin } from './offsets.ts'

/** Deletes what all consumers have read, under load. */
export const purgeTopics: Drill = {
  name: 'topics emptied up to what everybody has read',
  run: async (mesh) => {
    const load = await startLoad(mesh, lightLoad)
    await delay(6_000)
    let gone = 0n
    for (const name of Object.keys(topics)) {
      const partitions = (await leastCommitted(mesh.brokers, name)).filter(({ offset }) => offset > 0n)
      if (partitions.length === 0) continue
      await withAdmin(mesh.brokers, (admin) => admin.deleteRecords({ topics: [{ name, partitions }] }))
      gone += partitions.reduce((sum, { offset }) => sum + offset, 0n)
    }
    await delay(3_000)
    await load.stop()
    const { seconds, last } = await untilQuiet(mesh, 120)
    const { lost, doubled, remarks } = await check(mesh, load.acknowledged)
    if (seconds === undefined) remarks.push(`not quiet: ${last}`)
    return { lost, doubled, remarks, summary: `${gone} messages deleted under load` }
  },
}

/** Deletes and recreates a topic while all services are stopped and nothing is pending. */
export const recreateTopic: Drill = {
  name: 'a topic deleted and recreated',
  run: async (mesh) => {
    const before = await startLoad(mesh, lightLoad)
    await delay(5_000)
    await before.stop()
    await untilQuiet(mesh, 120)
    await stopServices(mesh)
    await withAdmin(mesh.brokers, (admin) => admin.deleteTopics({ topics: ['task-events'] }))
    const made = await createTopics(mesh.brokers, topics)
    await startServices(mesh)
    const after = await startLoad(mesh, lightLoad)
    await delay(5_000)
    await after.stop()
    const { seconds, last } = await untilQuiet(mesh, 120)
    const { lost, doubled, remarks } = await check(mesh, after.acknowledged)
    if (seconds === undefined) remarks.push(`not quiet: ${last}`)
    return { lost, doubled, remarks, summary: made.join(', ') }
  },
}
