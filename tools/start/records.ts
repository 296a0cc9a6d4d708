import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { identify, type ProcessIdentity } from '@taskflow/local-mesh'

/** In the order in which they are ended: who takes work, who carries it, who watches, who stores. */
export const roles = ['service', 'sidecar', 'cli', 'part'] as const
export type Role = (typeof roles)[number]

export type ProcessRecord = ProcessIdentity & {
  name: string
  role: Role
  /** How to ask this one to end. */
  signal: NodeJS.Signals
}

/**
 * What this start has running, on disk, so that a start after a kill -9 can end it. Written before anything else is done
 * with a new process; by rename, so that a kill in the middle leaves the old list whole.
 */
export const createRecords = (file: string) => {
  const records: ProcessRecord[] = []
  return {
    all: (): readonly ProcessRecord[] => records,
    /** Records a process under its present identity; a process that is already gone or known is left out. */
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

/** The list an earlier start left behind; empty when there is none or it cannot be read. */
export const readRecords = (file: string): ProcessRecord[] => {
  try {
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ProcessRecord[]) : []
  } catch {
    return []
  }
}
