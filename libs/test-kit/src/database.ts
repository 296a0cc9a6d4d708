import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import type { TestContext } from 'node:test'
import { migrate, serviceDatabaseUrl } from '@taskflow/database'
import { type ServiceName, serviceNames } from '@taskflow/service-kit'
import pg from 'pg'

/** Password of every service role on the test server. */
export const testPassword = 'only-for-tests'

/** A database of one test, with all migrations applied. */
export interface TestDatabase {
  /** As superuser. */
  pool: pg.Pool
  /** Its URL for a service, with the rights of that service only. */
  urlFor(service: ServiceName): string
  url: string
}

const serverUrl = (): string => {
  const url = process.env.TEST_DATABASE_URL
  if (!url) throw new Error('TEST_DATABASE_URL is not set; npm test and npx nx test PROJECT start a server and set it')
  return url
}

const withDatabase = (name: string): string => {
  const url = new URL(serverUrl())
  url.pathname = `/${name}`
  return url.href
}

const runOnServer = async (work: (client: pg.Client) => Promise<void>): Promise<void> => {
  const client = new pg.Client({ connectionString: serverUrl() })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

/** Names the template after its migrations, so that a change creates a new one. */
const templateName = (): string => {
  const folder = new URL('../../database/migrations/', import.meta.url)
  const hash = createHash('sha256')
  for (const name of readdirSync(folder)
    .filter((each) => each.endsWith('.sql'))
    .sort()) {
    hash.update(readFileSync(new URL(name, folder)))
  }
  return `template_${hash.digest('hex').slice(0, 12)}`
}

/** Creates the template once, whichever process comes first. */
const ensureTemplate = async (client: pg.Client): Promise<string> => {
  const name = templateName()
  await client.query(`SELECT pg_advisory_lock(hashtextextended('taskflow test template', 0))`)
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate', [name])
  if (!rowCount) {
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    await client.query(`CREATE DATABASE ${name}`)
    const passwords = Object.fromEntries(serviceNames.map((service) => [service, testPassword]))
    await migrate({ databaseUrl: withDatabase(name), passwords })
    await client.query(`ALTER DATABASE ${name} WITH IS_TEMPLATE true`)
  }
  await client.query(`SELECT pg_advisory_unlock(hashtextextended('taskflow test template', 0))`)
  return name
}

/**
 * Creates a database for a test: a copy of the template. It is never dropped, because the test server is thrown away
 * anyway and dropping takes longer than the test.
 */
export const testDatabase = async (t: Pick<TestContext, 'after'>): Promise<TestDatabase> => {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await runOnServer(async (client) => {
    const template = await ensureTemplate(client)
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`)
    for (const service of serviceNames) {
      const { username } = new URL(serviceDatabaseUrl(serverUrl(), service, ''))
      await client.query(`GRANT CONNECT ON DATABASE ${name} TO ${username}`)
    }
  })
  const url = withDatabase(name)
  const pool = new pg.Pool({ connectionString: url, max: 3 })
  pool.on('error', () => {})
  t.after(() => pool.end())
  return { pool, url, urlFor: (service) => serviceDatabaseUrl(url, service, testPassword) }
}
