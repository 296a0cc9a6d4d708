import type { Dapr, RunningPart } from '@taskflow/local-mesh'
import { childrenOf, identify, startPart } from '@taskflow/local-mesh'
import { serviceNames } from '@taskflow/service-kit'
import type { ProcessRecord } from './records.ts'

/** Starts all services and sidecars of the run file. Tokens and addresses are in `env`, which reaches both. */
export const startMesh = (
  dapr: Dapr,
  options: { runFile: string; env: NodeJS.ProcessEnv; cwd: string; logFile: string; onSpawn: (pid: number) => void },
): Promise<RunningPart> => startPart('dapr run', dapr.dapr, ['run', '-f', options.runFile], options)

/**
 * The services and sidecars that a `dapr run` has started so far: its children. `dapr list` cannot tell, because it asks
 * the sidecars without the API token and so never learns the processes of the services.
 */
export const meshProcesses = (cliPid: number): ProcessRecord[] =>
  childrenOf(cliPid).flatMap(({ pid, command }): ProcessRecord[] => {
    const identity = identify(pid)
    const sidecarOf = serviceNames.find((name) => command.includes(`--app-id ${name} `))
    const service = serviceNames.find((name) => command === name || command.includes(`--title=${name} `))
    if (!identity || !(sidecarOf || service)) return []
    return sidecarOf
      ? [{ ...identity, role: 'sidecar', name: `sidecar of ${sidecarOf}`, signal: 'SIGTERM' }]
      : [{ ...identity, role: 'service', name: service!, signal: 'SIGTERM' }]
  })
