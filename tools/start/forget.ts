import { readdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { forgetInDocker } from '../parts/kafka-docker.ts'
import { forgetDataFolder } from '../parts/postgres-user.ts'
import type { Paths } from './paths.ts'

/** Forgets all data of this clone. The lock stays: this start holds it. */
export async function forgetEverything(paths: Paths): Promise<void> {
  await forgetInDocker(paths.kafka)
  await forgetDataFolder(paths.postgres)
  for (const name of await readdir(paths.state)) {
    if (name !== basename(paths.lock)) await rm(join(paths.state, name), { recursive: true, force: true })
  }
}
