import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { createTransaction, outboxChannel, systemClock, type Transaction } from '@taskflow/service-kit'
import pg from 'pg'

/**
 * Runs a command's work on the database of DATABASE_URL or of npm start. When that fails, prints what is wrong and what to
 * do; the command exits with 1 after the connections have closed.
 */
export const withDatabase = async (work: (pool: pg.Pool) => Promise<void>): Promise<void> => {
  const url = process.env.DATABASE_URL ?? urlOfStart()
  if (!url) return fail('No database found. Run npm start first, or set DATABASE_URL.')
  const pool = new pg.Pool({ connectionString: url, max: 2, connectionTimeoutMillis: 5_000 })
  try {
    await work(pool)
  } catch (error) {
    fail(problemOf(error))
  } finally {
    await pool.end().catch(() => {})
  }
}

/** Transactions as chat-api, which owns accounts and tasks; its relay publishes their events. */
export const transactionOfChatApi = (pool: pg.Pool): Transaction => {
  const wake = () => void pool.query('SELECT pg_notify($1, $2)', [outboxChannel('tasks'), '']).catch(() => {})
  return createTransaction({ pool, clock: systemClock, service: 'chat-api', wake })
}

/** Exits with 1 after the connections have closed. */
export const fail = (message: string): void => {
  console.error(message)
  process.exitCode = 1
}

const urlOfStart = (): string | undefined => {
  try {
    return parseEnv(readFileSync(join(import.meta.dirname, '../.taskflow/env'), 'utf8')).DATABASE_URL
  } catch {
    return undefined
  }
}

const problemOf = (error: unknown): string => {
  const { code, message } = error as Error & { code?: string }
  // 42P01, 3F000: no such table or schema (PostgreSQL documentation, appendix A).
  if (code === '42P01' || code === '3F000') return 'This is not a database of TaskFlow, or it has not been migrated.'
  if (code === '42501') return `The role in DATABASE_URL may not do this (${message}). Use the owner of the database.`
  return `Cannot reach the database (${message || code}). Is npm start running?`
}
