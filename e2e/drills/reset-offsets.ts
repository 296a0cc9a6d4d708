import { setTimeout as delay } from 'node:timers/promises'
import { check, untilQuiet } from '../faults/checks.ts'
import { startLoad } from '../faults/load.ts'
import { type Drill, lightLoad } from './drill.ts'
import { startServices, stopServices } from './members.ts'
import { earliest, resetGroups } from './offsets.ts'

/** Every consumer reads everything in Kafka once more: its inbox knows all of it. */
export const resetOffsets: Drill = {
  name: 'all consumer groups set back to the beginning',
  run: async (mesh) => {
    const load = await startLoad(mesh, lightLoad)
    await delay(8_000)
    await load.stop()
    await untilQuiet(mesh, 120)
    await stopServices(mesh)
    const again = await resetGroups(mesh.brokers, earliest)
    await startServices(mesh)
    const { seconds, last } = await untilQuiet(mesh, 120)
    const { lost, doubled, reordered, remarks } = await check(mesh, load.acknowledged)
    if (seconds === undefined) remarks.push(`not quiet: ${last}`)
    if (reordered > 0) remarks.push(`${reordered} reordered`)
    return { lost, doubled, remarks, summary: `${again} deliveries again, all known, in ${seconds?.toFixed(1)} s` }
  },
}
