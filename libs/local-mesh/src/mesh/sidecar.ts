import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { workspaceRoot } from '../workspace.ts'

/** Ports of a sidecar; without `app` it only publishes. */
export interface SidecarPorts {
  app?: number
  http: number
  grpc: number
  internal: number
  metrics: number
}

const components = join(workspaceRoot, 'dapr')

/** Copies dapr/ into `folder`, with its own name resolution database. Returns the path of the copy. */
export const copyResources = async (folder: string): Promise<string> => {
  const resources = join(folder, 'dapr')
  await cp(components, resources, { recursive: true })
  const config = join(resources, 'config.yaml')
  await writeFile(
    config,
    (await readFile(config, 'utf8')).replace('../../.taskflow/names.db', join(folder, 'names.db')),
  )
  return resources
}

/** The settings of dapr.yaml as arguments of daprd, for running it without the command line tool. */
export const sidecarArguments = (appId: string, port: SidecarPorts, resources: string): string[] => [
  ...['--app-id', appId, ...(port.app ? ['--app-port', String(port.app), '--app-protocol', 'http'] : [])],
  ...['--dapr-http-port', String(port.http), '--dapr-grpc-port', String(port.grpc)],
  ...['--dapr-internal-grpc-port', String(port.internal), '--metrics-port', String(port.metrics)],
  ...['--dapr-listen-addresses', '127.0.0.1', '--dapr-internal-grpc-listen-address', '127.0.0.1'],
  ...['--metrics-listen-address', '127.0.0.1'],
  ...['--resources-path', resources, '--resources-path', join(resources, 'components')],
  ...['--config', join(resources, 'config.yaml'), '--log-level', 'warn'],
  ...['--placement-host-address', '', '--scheduler-host-address', ''],
]
