import { rm } from 'node:fs/promises'
import type { Report } from '@taskflow/local-mesh'
import { endProcesses, isAlive, signalProcess } from '@taskflow/local-mesh'
import { meshProcesses } from './mesh.ts'
import { type ProcessRecord, type Role, readRecords, roles } from './records.ts'

/**
 * Patience per step; together less than the 10 s that a stop may take. `dapr run` itself only kills, so it is asked
 * last, when nothing of it is left: services finish what they do, sidecars commit what they consumed.
 */
const patienceMs: Record<Role, number> = { service: 4_000, sidecar: 1_500, cli: 500, part: 3_000 }

/** Ends the processes role by role, each role at once. Whoever does not go in time is killed, and named. */
export const endInOrder = async (records: readonly ProcessRecord[], report: Report): Promise<void> => {
  for (const role of roles) {
    const stubborn = await endProcesses(
      records.filter((record) => record.role === role),
      patienceMs[role],
    )
    for (const { name } of stubborn) report(`${name} did not stop in time and was killed`)
  }
}

/** No more patience: everything at once. */
export const killAll = (records: readonly ProcessRecord[]): void => {
  for (const record of records) signalProcess(record, 'SIGKILL')
}

/** Ends what a start that was killed left running. Returns how many processes that were. */
export const endOrphans = async (file: string, report: Report): Promise<number> => {
  const recorded = readRecords(file).filter(isAlive)
  const cli = recorded.find(({ role }) => role === 'cli')
  const known = new Set(recorded.map(({ pid }) => pid))
  // The command line tool may have started more since the list was last written.
  const unrecorded = cli ? meshProcesses(cli.pid).filter(({ pid }) => !known.has(pid)) : []
  const orphans = [...recorded, ...unrecorded]
  if (orphans.length > 0) report(`Ending ${orphans.length} processes of an earlier start that was killed ...`)
  await endInOrder(orphans, report)
  await rm(file, { force: true })
  return orphans.length
}
