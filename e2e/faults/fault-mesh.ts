import { type Mesh, startMesh } from '@taskflow/local-mesh'
import { startSwallowingProxy } from '@taskflow/test-kit'
import { watchOutboxes } from './checks.ts'

/** A mesh whose services reach the database through a proxy. */
export interface FaultMesh extends Mesh {
  /** The host of the database vanishes without a word; another one answers under the same name. */
  replaceDatabaseHost(): void
}

export const startFaultMesh = async (options: Parameters<typeof startMesh>[0] = {}): Promise<FaultMesh> => {
  const ends: (() => unknown)[] = []
  let vanish = () => {}
  const mesh = await startMesh({
    ...options,
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
  return { ...mesh, stop, replaceDatabaseHost: () => vanish() }
}
