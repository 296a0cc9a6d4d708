import { rm } from 'node:fs/promises'
import { daprRunProcesses } from '../dapr/dapr-run.ts'
import type { Report } from '../parts/part.ts'
import { endProcesses, isAlive, signalProcess } from '../parts/processes.ts'
import { type ProcessRecord, type Role, readRecords, roles } from './records.ts'

/**
 * Time for each role to exit; their sum is less than the 10 s that a stop may take. `dapr run` kills its children when
 * it stops, so it stops after them: services finish their work, sidecars commit what they consumed.
 */
const timeoutMs: Record<Role, number> = { service: 4_000, sidecar: 1_500, cli: 500, part: 3_000 }

/** Stops the processes role by role, all of a role at once. Reports those it had to kill. */
export const endInOrder = async (records: readonly ProcessRecord[], report: Report): Promise<void> => {
  for (const role of roles) {
    const killed = await endProcesses(
      records.filter((record) => record.role === role),
      timeoutMs[role],
    )
    for (const { name } of killed) report(`${name} did not stop in time and was killed`)
  }
}

/** Kills everything at once. */
export const killAll = (records: readonly ProcessRecord[]): void => {
  for (const record of records) signalProcess(record, 'SIGKILL')
}

/** Stops what a killed `npm start` left running. Returns the number of processes. */
export const endOrphans = async (file: string, report: Report): Promise<number> => {
  const recorded = readRecords(file).filter(isAlive)
  const cli = recorded.find(({ role }) => role === 'cli')
  const known = new Set(recorded.map(({ pid }) => pid))
  // `dapr run` may have started more since the list was last written.
  const unrecorded = cli ? daprRunProcesses(cli.pid).filter(({ pid }) => !known.has(pid)) : []
  const orphans = [...recorded, ...unrecorded]
  if (orphans.length > 0) report(`Stopping ${orphans.length} processes of an earlier start that was killed ...`)
  await endInOrder(orphans, report)
  await rm(file, { force: true })
  return orphans.length
}
