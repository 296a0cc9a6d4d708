import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'

/** The database that a command works on: DATABASE_URL, or that of npm start; undefined when there is neither. */
export const databaseUrl = (): string | undefined => process.env.DATABASE_URL ?? ofStart()

const ofStart = (): string | undefined => {
  try {
    return parseEnv(readFileSync(join(import.meta.dirname, '../.taskflow/env'), 'utf8')).DATABASE_URL
  } catch {
    return undefined
  }
}

/** What an error of the database means for who runs the command. */
export const databaseProblem = (error: unknown): string => {
  const { code, message } = error as Error & { code?: string }
  // 42P01, 3F000: no such table or schema (PostgreSQL documentation, appendix A).
  if (code === '42P01' || code === '3F000') return 'This is not a database of TaskFlow, or it has not been migrated.'
  if (code === '42501') return `The role in DATABASE_URL may not do this (${message}). Use the owner of the database.`
  return `Cannot reach the database (${message || code}). Is npm start running?`
}
