import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import pg from 'pg'
import type { TestDatabase } from './database.ts'

/** Secrets that are recognised wherever they leak, as text or in another encoding. */
export const createCanaries = () => {
  const values = new Map<string, string>()
  const know = (name: string, value: string) => {
    values.set(name, value)
    return value
  }
  return {
    know,
    make: (name: string) => know(name, `canary${randomBytes(24).toString('hex')}`),
    assertNoneIn: (text: string, where: string) => {
      assert.ok(text.length > 0, `${where} is empty: nothing was checked`)
      for (const [name, value] of values) {
        const spellings = [value, encodeURIComponent(value), Buffer.from(value).toString('hex')]
        spellings.push(Buffer.from(value).toString('base64').replace(/=+$/, ''))
        for (const spelling of spellings) {
          const place = text.indexOf(spelling)
          assert.equal(place, -1, `${name} is in ${where}: ${text.slice(Math.max(0, place - 200), place + 20)}`)
        }
      }
    },
  }
}

/** A new login with the rights of a service. Returns its URL. */
export const loginFor = async (
  { pool, urlFor }: TestDatabase,
  service: Parameters<TestDatabase['urlFor']>[0],
  password: string,
) => {
  const url = new URL(urlFor(service))
  const role = `canary_${randomUUID().replaceAll('-', '')}`
  await pool.query(`CREATE ROLE ${role} LOGIN PASSWORD '${password}' IN ROLE ${url.username}`)
  return Object.assign(url, { username: role, password }).href
}

/** Every row of every table except identity.webhooks, which must hold the secrets that sign webhooks. */
export const everythingIn = async ({ pool }: TestDatabase): Promise<string> => {
  const { rows: tables } = await pool.query<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
     WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema', 'drizzle')`,
  )
  const texts: string[] = []
  for (const { name } of tables.filter((table) => table.name !== 'identity.webhooks')) {
    const { rows } = await pool.query<{ row: string }>(`SELECT each::text AS row FROM ${name} AS each`)
    texts.push(...rows.map(({ row }) => `${name} ${row}`))
  }
  return texts.join('\n')
}

export const settings = (canaries: ReturnType<typeof createCanaries>) => ({
  APP_API_TOKEN: canaries.make('APP_API_TOKEN'),
  DAPR_API_TOKEN: canaries.make('DAPR_API_TOKEN'),
  TOKEN_SECRET: canaries.make('TOKEN_SECRET'),
  LINK_SECRET: canaries.make('LINK_SECRET'),
  ACCOUNT_KEY: canaries.make('ACCOUNT_KEY'),
  OAUTH_SECRET: canaries.make('OAUTH_SECRET'),
})

/** Makes a database unreachable: ends all connections and refuses new ones. */
export const closeDatabase = async ({ url }: TestDatabase) => {
  const client = new pg.Client({ connectionString: process.env.TEST_DATABASE_URL })
  await client.connect()
  const name = new URL(url).pathname.slice(1)
  await client.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`)
  await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name])
  await client.end()
}

/** Sends a request. `text` of the result holds headers and body. */
export const send = async (url: string, method: string, path: string, init: RequestInit = {}) => {
  const answer = await fetch(url + path, { method, ...init })
  const text = await answer.text()
  return { status: answer.status, text: `${JSON.stringify([...answer.headers])} ${text}`, body: text }
}
