import { mkdirSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate, serviceDatabaseUrl } from '@taskflow/database'
import { topics } from '@taskflow/event-contracts'
import { createTopics } from '@taskflow/kafka-admin'
import {
  bundledProgram,
  bundleServices,
  copyResources,
  defaultCacheDir,
  findDapr,
  findKafka,
  findPostgres,
  freePort,
  memberSecrets,
  meshEnvironment,
  newSecrets,
  nodeOptions,
  portsEnvironment,
  sidecarArguments,
  startKafka,
  startPostgres,
  supervise,
  untilOk,
} from '@taskflow/local-mesh'
import type { ServiceName } from '@taskflow/service-kit'
import pg from 'pg'
import { parse, stringify } from 'yaml'

/** A process that runs until it is stopped. */
interface Running {
  pid(): number | undefined
  stop(): Promise<void>
}

export interface Database {
  /** As superuser. */
  url: string
  pool: pg.Pool
  urlFor(service: ServiceName): string
}

/** The broker and database server on which everything is measured. */
export interface Testbed {
  folder: string
  brokers: string
  daprApiToken: string
  appApiToken: string
  /** A new database with all tables. */
  createDatabase(name: string): Promise<Database>
  /** Starts a healthy sidecar; without `appPort` it only publishes. `port` is for apps that must know it beforehand. */
  startSidecar(
    appId: string,
    options?: { appPort?: number; port?: number; database?: Database },
  ): Promise<Running & { url: string }>
  /** Starts one of the five services with its sidecar and resolves when it is ready. */
  startService(name: ServiceName, database: Database): Promise<Running & { url: string; daemon: Running }>
  logFile(name: string): string
  stop(): Promise<void>
}

/** Topics of the contenders that are not this project's. */
const ownTopics = { 'bench-single': 3, 'bench-bulk': 3, 'bench-usual': 3 }

const root = join(import.meta.dirname, '..')

/**
 * Starts broker and database server in a temporary folder on free ports. Unlike in tests, Postgres syncs to disk (fsync
 * on): figures for durable writes require it.
 */
export const startTestbed = async (report: (line: string) => void = () => {}): Promise<Testbed> => {
  const folder = await mkdtemp(join(tmpdir(), 'taskflow-bench-'))
  mkdirSync(join(folder, 'logs'))
  const logFile = (name: string) => join(folder, 'logs', `${name}.log`)
  const stops: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })]
  const running = new Set<Running>()
  const stop = async () => {
    await Promise.all([...running].map((each) => each.stop()))
    for (const each of stops.splice(0).reverse()) await each()
  }
  try {
    const find = { cacheDir: defaultCacheDir(process.env), logFile: logFile('fetch'), report }
    const secrets = newSecrets()
    const { servicePasswords } = secrets
    const [appApiToken, daprApiToken] = [secrets.appApiTokens['chat-api'], secrets.daprApiTokens['chat-api']]
    const [dapr, kafka, postgres] = await Promise.all([
      findDapr(find),
      findKafka(find),
      findPostgres(),
      bundleServices(),
    ])
    const server = await startPostgres(postgres, {
      dir: join(folder, 'postgres'),
      port: await freePort(),
      password: secrets.postgresPassword,
      logFile: logFile('postgres'),
    })
    stops.push(() => server.stop())
    const broker = await startKafka(kafka, {
      dir: join(folder, 'kafka'),
      port: await freePort(),
      logFile: logFile('kafka'),
    })
    stops.push(() => broker.stop())
    await createTopics(broker.brokers, {
      ...topics,
      ...Object.fromEntries(
        Object.entries(ownTopics).map(([name, partitions]) => [name, { partitions, retentionDays: 7 }]),
      ),
    })
    const resources = await openResources(folder)
    const { databaseUrl } = server
    const { brokers } = broker
    const env = {
      PATH: process.env.PATH,
      DAPR_HOST_IP: '127.0.0.1',
      ...meshEnvironment(
        { brokers, publicUrl: 'http://localhost' },
        { checkpoints: join(folder, 'audit-checkpoints.ndjson') },
      ),
      // For sidecars without a service, and those of other contenders.
      ...{ STATESTORE_DATABASE_URL: databaseUrl, APP_API_TOKEN: appApiToken, DAPR_API_TOKEN: daprApiToken },
      API_REQUESTS_PER_MINUTE: '0',
      QUOTA_OPEN_TASKS: '1000000000',
      QUOTA_STORED_MB: '1000000',
      ANONYMOUS_REQUESTS_PER_MINUTE: '0',
      LOG_LEVEL: 'warn',
    }

    const start = (name: string, command: string, args: string[], cwd: string, more: Record<string, string> = {}) => {
      const child = supervise(name, command, args, { cwd, logFile: logFile(name), env: { ...env, ...more } })
      const each: Running = {
        pid: child.pid,
        stop: async () => {
          running.delete(each)
          await child.stop()
        },
      }
      running.add(each)
      return each
    }

    const testbed: Testbed = {
      folder,
      brokers,
      daprApiToken,
      appApiToken,
      logFile,
      stop,
      createDatabase: async (name) => {
        const url = new URL(databaseUrl)
        url.pathname = `/${name}`
        const client = new pg.Client({ connectionString: databaseUrl })
        await client.connect()
        await client.query(`CREATE DATABASE ${name}`)
        await client.end()
        await migrate({ databaseUrl: url.href, passwords: servicePasswords })
        const pool = new pg.Pool({ connectionString: url.href, max: 4 })
        pool.on('error', () => {})
        stops.push(() => pool.end())
        return {
          url: url.href,
          pool,
          urlFor: (service) => serviceDatabaseUrl(url.href, service, servicePasswords[service]),
        }
      },
      startSidecar: async (appId, { appPort, port: given, database } = {}) => {
        const port = given ?? (await freePort())
        const [grpc, internal, metrics] = [await freePort(), await freePort(), await freePort()]
        const ports = { ...(appPort ? { app: appPort } : {}), http: port, grpc, internal, metrics }
        const args = sidecarArguments(appId, ports, resources)
        const own = database ? { STATESTORE_DATABASE_URL: database.urlFor('chat-api') } : undefined
        const sidecar = start(`${appId}-daprd-${port}`, dapr.daprd, args, folder, own)
        const url = `http://127.0.0.1:${port}`
        await untilOk(`sidecar of ${appId}`, `${url}/v1.0/healthz/outbound`, inAMinute())
        return { ...sidecar, url }
      },
      startService: async (name, database) => {
        const port = await freePort()
        const daemon = await testbed.startSidecar(name, { appPort: port, database })
        const url = `http://127.0.0.1:${port}`
        const app = start(
          `${name}-${port}`,
          process.execPath,
          [...nodeOptions, bundledProgram],
          join(root, 'apps', name),
          {
            ...portsEnvironment(name, { app: port, http: Number(new URL(daemon.url).port) }),
            ...memberSecrets(name, secrets, { databaseUrl: database.url }).service,
            ...{ APP_API_TOKEN: appApiToken, DAPR_API_TOKEN: daprApiToken },
            PUBLIC_URL: url,
          },
        )
        await untilOk(name, `${url}/readyz`, inAMinute())
        return {
          pid: app.pid,
          url,
          daemon,
          stop: async () => {
            await app.stop()
            await daemon.stop()
          },
        }
      },
    }
    return testbed
  } catch (error) {
    await stop()
    throw error
  }
}

const inAMinute = () => ({ deadline: Date.now() + 60_000 })

/**
 * The project's components with two differences: any app may publish and subscribe, and a consumer starts at the newest
 * offset, not with the events of earlier measurements.
 */
const openResources = async (folder: string): Promise<string> => {
  const resources = await copyResources(folder)
  const file = join(resources, 'components/kafka-pubsub.yaml')
  const component = parse(await readFile(file, 'utf8'))
  component.spec.metadata = component.spec.metadata
    .filter(({ name }: { name: string }) => !name.endsWith('Scopes'))
    .map((each: { name: string }) => (each.name === 'initialOffset' ? { ...each, value: 'newest' } : each))
  delete component.scopes
  await writeFile(file, stringify(component))
  return resources
}
