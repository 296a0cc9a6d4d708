import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { FaultCase } from './fault-case.ts'
import { sql } from './helpers.ts'
import { type DiskPart, noSmallDisk, type SmallDisk, withSmallDisk } from './small-disk.ts'

/** The disk is full for 15 s. A part that has ended of it is started when there is room again, as on Kubernetes. */
const fillFor15s = async (part: DiskPart, disk: SmallDisk, harm: () => Promise<number>): Promise<void> => {
  await delay(5_000)
  await disk.fill()
  const before = await harm()
  let hasEnded = false
  void part.gone().then(() => {
    hasEnded = true
  })
  await delay(15_000)
  const hasHarmed = hasEnded || (await harm().catch(() => Number.POSITIVE_INFINITY)) > before
  await disk.free()
  await delay(2_000)
  if (hasEnded) await part.start()
  if (!hasHarmed) throw new Error('the full disk did no harm')
}

/** What waits must be done in time. */
const load = { people: 10, rate: 100 }

/** Disks that are full. */
export const diskCases: FaultCase[] = [
  {
    name: 'the disk of Postgres full for 15 s',
    obstacle: noSmallDisk,
    load,
    recoversWithin: 30,
    inject: async (mesh, { acknowledged }) => {
      const dir = (await sql(mesh, 'SHOW data_directory')).rows[0].data_directory as string
      await withSmallDisk(mesh.database, { dir, free: 256 }, (disk) =>
        fillFor15s(mesh.database, disk, async () => acknowledged.refused),
      )
    },
  },
  {
    name: 'the disk of the broker full for 15 s',
    obstacle: noSmallDisk,
    load,
    recoversWithin: 30,
    inject: (mesh) =>
      withSmallDisk(mesh.broker, { dir: join(mesh.folder, 'kafka'), free: 256 }, (disk) =>
        fillFor15s(mesh.broker, disk, async () => (await sql(mesh, 'SELECT FROM tasks.outbox')).rowCount ?? 0),
      ),
  },
]
