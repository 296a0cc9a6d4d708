import { setTimeout as delay } from 'node:timers/promises'
import { topics } from '@taskflow/event-contracts'
import { createTopics } from '@taskflow/kafka-admin'
import { check, untilQuiet } from '../faults/checks.ts'
import { startLoad } from '../faults/load.ts'
import { type Drill, fewPeople } from './drill.ts'
import { startServices, stopServices } from './members.ts'
import { leastCommitted, withAdmin } from './offsets.ts'

/** What all consumers have read goes, while people write. */
export const purgeTopics: Drill = {
  name: 'topics emptied up to what everybody has read',
  run: async (mesh) => {
    const load = await startLoad(mesh, fewPeople)
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
    return { lost, doubled, remarks, told: `${gone} messages deleted under load` }
  },
}

/** A topic is deleted and made anew, with everything stopped when nothing waits in it. */
export const recreateTopic: Drill = {
  name: 'a topic deleted and made anew',
  run: async (mesh) => {
    const before = await startLoad(mesh, fewPeople)
    await delay(5_000)
    await before.stop()
    await untilQuiet(mesh, 120)
    await stopServices(mesh)
    await withAdmin(mesh.brokers, (admin) => admin.deleteTopics({ topics: ['task-events'] }))
    const made = await createTopics(mesh.brokers, topics)
    await startServices(mesh)
    const after = await startLoad(mesh, fewPeople)
    await delay(5_000)
    await after.stop()
    const { seconds, last } = await untilQuiet(mesh, 120)
    const { lost, doubled, remarks } = await check(mesh, after.acknowledged)
    if (seconds === undefined) remarks.push(`not quiet: ${last}`)
    return { lost, doubled, remarks, told: made.join(', ') }
  },
}
