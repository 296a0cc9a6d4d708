import { fileURLToPath } from 'node:url'
import { type ServiceName, serviceNames, services } from '@taskflow/service-kit'
import pg from 'pg'
import { applyMigrations } from './apply-migrations.ts'

const folder = fileURLToPath(new URL('../migrations', import.meta.url))

/**
 * Migrates a database and sets the password of each service's role. `databaseUrl` belongs to a role that may create
 * roles and schemas. Concurrent calls wait for each other. `report` gets a line for each file.
 */
export const migrate = async (options: {
  databaseUrl: string
  passwords?: Partial<Record<ServiceName, string>>
  report?: (line: string) => void
}): Promise<void> => {
  const client = new pg.Client({ connectionString: options.databaseUrl, application_name: 'migrate' })
  await client.connect()
  try {
    await client.query(`SELECT pg_advisory_lock(hashtextextended('taskflow migrations', 0))`)
    await applyMigrations(client, { folder, report: options.report ?? (() => {}) })
    for (const service of serviceNames) {
      const password = options.passwords?.[service]
      if (password !== undefined) {
        const statement = await client.query<{ sql: string }>(
          `SELECT format('ALTER ROLE %I PASSWORD %L', $1::text, $2::text) AS sql`,
          [services[service].role, password],
        )
        await client.query(statement.rows[0]!.sql)
      }
    }
  } finally {
    await client.end()
  }
}

/** The database URL of a service, derived from that of the migrations. */
export const serviceDatabaseUrl = (databaseUrl: string, service: ServiceName, password: string): string => {
  const url = new URL(databaseUrl)
  url.username = services[service].role
  url.password = encodeURIComponent(password)
  return url.href
}
