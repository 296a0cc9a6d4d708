import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { readArguments, refuse } from '@taskflow/command-line'
import pg from 'pg'

const usage = `npm run admin -- EMAIL

Gives an account the admin role, in the database of DATABASE_URL or of npm start.

  --help   this text`

const { positionals } = readArguments(usage, {}, 1)
const email = positionals[0] ?? refuse(usage, 'EMAIL is missing')
const fail = (message: string): never => {
  console.error(message)
  process.exit(1)
}

const localUrl = (): string | undefined => {
  try {
    return parseEnv(readFileSync(join(import.meta.dirname, '../.taskflow/env'), 'utf8')).DATABASE_URL
  } catch {
    return undefined
  }
}

const url =
  process.env.DATABASE_URL ?? localUrl() ?? fail('No database found: run npm start first, or set DATABASE_URL.')
const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
try {
  await client.connect()
  const { rowCount } = await client.query(`UPDATE identity.users SET role = 'admin' WHERE lower(email) = lower($1)`, [
    email,
  ])
  if (!rowCount) fail(`No account has the address ${email}: sign up first.`)
  console.log(`${email} is an admin within 10 s.`)
} catch (error) {
  fail(`Cannot reach the database (${(error as Error).message}): is npm start running?`)
} finally {
  await client.end().catch(() => {})
}
