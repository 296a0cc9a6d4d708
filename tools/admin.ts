import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import pg from 'pg'

/** `npm run admin -- EMAIL`: gives an account the admin role, in the database of DATABASE_URL or of `npm start`. */
const email = process.argv[2]
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

if (!email) fail('Say whom: npm run admin -- EMAIL')
const url =
  process.env.DATABASE_URL ?? localUrl() ?? fail('No database is known: run npm start first, or set DATABASE_URL.')
const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
try {
  await client.connect()
  const { rowCount } = await client.query(`UPDATE identity.users SET role = 'admin' WHERE lower(email) = lower($1)`, [
    email,
  ])
  if (!rowCount) fail(`There is no account of ${email}: sign up first.`)
  console.log(`${email} is an admin within 10 s.`)
} catch (error) {
  fail(`The database cannot be reached (${(error as Error).message}): is npm start running?`)
} finally {
  await client.end().catch(() => {})
}
