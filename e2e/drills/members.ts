import type { Mesh } from '@taskflow/local-mesh'
import { type ServiceName, serviceNames } from '@taskflow/service-kit'

/** As `kubectl scale --replicas 0`: services stop before their sidecars, which then leave their consumer groups. */
export const stopServices = async ({ members }: Mesh, names: readonly ServiceName[] = serviceNames): Promise<void> => {
  await Promise.all(
    names.map(async (name) => {
      await members[name].app.stop()
      await members[name].sidecar.stop()
    }),
  )
}

/** Starts services again with `env` changed and resolves when they are ready. Their addresses change. */
export const startServices = async (
  mesh: Mesh,
  names: readonly ServiceName[] = serviceNames,
  env: Record<string, string> = {},
): Promise<void> => {
  await Promise.all(
    names.map(async (name) => {
      mesh.members[name] = await mesh.addReplica(name, env)
    }),
  )
  mesh.url = mesh.members['chat-api'].url
}
