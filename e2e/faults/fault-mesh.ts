import { join } from 'node:path'
import { type Mesh, startMesh } from '@taskflow/local-mesh'
import { startSwallowingProxy } from '@taskflow/test-kit'
import { watchOutboxes } from './checks.ts'
import type { Edit } from './mutation.ts'

/** A mesh whose services reach the database through a proxy. */
export interface FaultMesh extends Mesh {
  /** The mutation that its services run. */
  edits: Edit[]
  /** What earlier cases have found: the harm of one is not that of the next. */
  found: Set<string>
  /** The host of the database vanishes without a word; another one answers under the same name. */
  replaceDatabaseHost(): void
}

const preload = (file: string) => ['--import', join(import.meta.dirname, file)]

/** The heap that Node.js takes in a pod of 512 MiB. */
const heap = '--max-old-space-size=256'

/** Starts a mesh; with `edits`, its services run mutated code. */
export const startFaultMesh = async ({
  edits = [],
  ...options
}: {
  edits?: Edit[]
  brokers?: 1 | 3
  report?: (line: string) => void
} = {}): Promise<FaultMesh> => {
  const ends: (() => unknown)[] = []
  let vanish = () => {}
  const mesh = await startMesh({
    ...options,
    nodeArguments: [heap, ...preload('hooks.ts'), ...preload('mutate.ts')],
    env: { FAULTS_MUTATION: JSON.stringify(edits) },
    databaseThrough: async (databaseUrl) => {
      const proxy = await startSwallowingProxy({ after: (end) => ends.push(end as () => unknown) }, databaseUrl)
      vanish = proxy.vanish
      return proxy.url
    },
  })
  await watchOutboxes(mesh.databaseUrl)
  const stop = async () => {
    await mesh.stop()
    for (const end of ends) await end()
  }
  return { ...mesh, stop, edits, found: new Set(), replaceDatabaseHost: () => vanish() }
}
