import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { identify, type ProcessIdentity } from '../parts/processes.ts'

/** In the order in which they are stopped. `cli` is `dapr run`; parts are Postgres, Kafka and the mailbox. */
export const roles = ['service', 'sidecar', 'cli', 'part'] as const
export type Role = (typeof roles)[number]

export type ProcessRecord = ProcessIdentity & {
  name: string
  role: Role
  /** Sent to stop the process. */
  signal: NodeJS.Signals
}

/**
 * The running processes, kept on disk so that the next start can stop them after a kill -9. Written by rename as soon
 * as a process exists: a kill in between leaves the old list intact.
 */
export const createRecords = (file: string) => {
  const records: ProcessRecord[] = []
  return {
    all: (): readonly ProcessRecord[] => records,
    /** Adds a process, unless it has exited or is known. */
    add(pid: number, about: Pick<ProcessRecord, 'name' | 'role'> & { signal?: NodeJS.Signals }): void {
      const identity = identify(pid)
      if (!identity || records.some((known) => known.pid === pid && known.started === identity.started)) return
      records.push({ signal: 'SIGTERM', ...about, ...identity })
      writeFileSync(`${file}.new`, `${JSON.stringify(records, undefined, 2)}\n`)
      renameSync(`${file}.new`, file)
    },
  }
}

export type Records = ReturnType<typeof createRecords>

/** The list that an earlier start left behind; empty when it does not exist or cannot be read. */
export const readRecords = (file: string): ProcessRecord[] => {
  try {
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ProcessRecord[]) : []
  } catch {
    return []
  }
}
