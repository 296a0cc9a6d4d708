import { readdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { deleteDataFolder, deleteDockerVolume } from '@taskflow/local-mesh'
import type { Paths } from './paths.ts'

/** Deletes all data of this clone, except the lock, which this start holds. */
export const deleteState = async (paths: Paths): Promise<void> => {
  await deleteDockerVolume(paths.kafka)
  await deleteDataFolder(paths.postgres)
  for (const name of await readdir(paths.state)) {
    if (name !== basename(paths.lock)) await rm(join(paths.state, name), { recursive: true, force: true })
  }
}
