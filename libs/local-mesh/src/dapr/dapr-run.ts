import { serviceNames } from '@taskflow/service-kit'
import type { ProcessRecord } from '../mesh/records.ts'
import type { RunningPart } from '../parts/part.ts'
import { childrenOf } from '../parts/process-table.ts'
import { identify } from '../parts/processes.ts'
import { startPart } from '../parts/run.ts'
import type { Dapr } from './dapr.ts'

/**
 * Starts all services and sidecars of the run file. Both inherit `env`, and a umask: the tool writes their logs, and they
 * their files, for this user only.
 */
export const startDaprRun = (
  dapr: Dapr,
  options: { runFile: string; env: NodeJS.ProcessEnv; cwd: string; logFile: string; onSpawn: (pid: number) => void },
): Promise<RunningPart> =>
  startPart('dapr run', 'sh', ['-c', 'umask 077; exec "$@"', 'sh', dapr.dapr, 'run', '-f', options.runFile], options)

/**
 * The services and sidecars that a `dapr run` has started so far: its children. `dapr list` does not know them, because
 * it calls the sidecars without the API token.
 */
export const daprRunProcesses = (cliPid: number): ProcessRecord[] =>
  childrenOf(cliPid).flatMap(({ pid, command }): ProcessRecord[] => {
    const identity = identify(pid)
    const sidecarOf = serviceNames.find((name) => command.includes(`--app-id ${name} `))
    const service = serviceNames.find((name) => command === name || command.includes(`--title=${name} `))
    if (!identity || !(sidecarOf || service)) return []
    return sidecarOf
      ? [{ ...identity, role: 'sidecar', name: `sidecar of ${sidecarOf}`, signal: 'SIGTERM' }]
      : [{ ...identity, role: 'service', name: service!, signal: 'SIGTERM' }]
  })
