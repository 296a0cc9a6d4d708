import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import type { Log } from '../log.ts'

/** The newest migration that a release knows. */
export interface SchemaVersion {
  name: string
  /** When it was made, in ms since the epoch: migrations are applied in this order. */
  when: number
}

/** Keeps a replica from its work until the database has the tables that its release was written for. */
export interface SchemaGate {
  /** undefined when the tables are there, else what is missing. */
  problem(): Promise<string | undefined>
  /** Resolves when the tables are there; never after `signal` was aborted. */
  opened(signal: AbortSignal): Promise<void>
}

const checkInterval = 1_000

/** `needs`: without it, the gate is open. */
export const createSchemaGate = ({
  pool,
  log,
  needs,
}: {
  pool: pg.Pool
  log: Log
  needs: SchemaVersion | undefined
}): SchemaGate => {
  let isOpen = needs === undefined
  let last: Promise<string | undefined> | undefined
  const check = async (): Promise<string | undefined> => {
    try {
      const { rows } = await pool.query<{ newest: string | null }>(
        'SELECT max(created_at) AS newest FROM kit_migrations.__drizzle_migrations',
      )
      isOpen = Number(rows[0]?.newest ?? 0) >= needs!.when
      return isOpen ? undefined : `this release needs migration ${needs!.name}; run the migrations`
    } catch (error) {
      return `it is not known whether migration ${needs!.name} was applied: ${(error as Error).message}`
    }
  }
  const problem = async () => {
    if (isOpen) return undefined
    // Checks within a second share one.
    last ??= check().finally(() => setTimeout(() => (last = undefined), checkInterval).unref())
    return last
  }
  return {
    problem,
    opened: async (signal) => {
      for (let isFirst = true; !signal.aborted; isFirst = false) {
        const reason = await problem()
        if (reason === undefined) return
        if (isFirst) log.warn('this replica waits for its tables', { reason })
        await delay(checkInterval, undefined, { signal, ref: false }).catch(() => {})
      }
      await new Promise(() => {})
    },
  }
}
