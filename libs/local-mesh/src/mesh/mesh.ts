import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '@taskflow/database'
import { topics } from '@taskflow/event-contracts'
import { createTopics } from '@taskflow/kafka-admin'
import { type ServiceName, serviceNames } from '@taskflow/service-kit'
import { bundledProgram, bundleServices, nodeOptions } from '../bundle-services.ts'
import { findDapr } from '../dapr/dapr.ts'
import { findKafka } from '../kafka/kafka.ts'
import { planBrokers } from '../kafka/kafka-cluster.ts'
import { startMailbox } from '../mailbox.ts'
import { defaultCacheDir } from '../parts/cache.ts'
import { freePort } from '../parts/ports.ts'
import { findPostgres, startPostgres } from '../postgres/postgres.ts'
import { workspaceRoot } from '../workspace.ts'
import { memberSecrets, meshEnvironment, portsEnvironment } from './environment.ts'
import { type MeshPart, restartable } from './restartable.ts'
import { newSecrets } from './secrets.ts'
import { copyResources, type SidecarPorts, sidecarArguments } from './sidecar.ts'
import { type Supervised, supervise } from './supervise.ts'
import { untilOk } from './until-ok.ts'

/** A service with its sidecar. */
interface MeshMember {
  /** What the service shows its sidecar. */
  daprApiToken: string
  /** What the sidecar shows its service. */
  appApiToken: string
  app: Supervised
  sidecar: Supervised
  url: string
  sidecarUrl: string
}

/** A complete TaskFlow with its own broker, database, mail server, sidecars and services. */
export interface Mesh {
  folder: string
  /** The public address of chat-api. */
  url: string
  mailUrl: string
  brokers: string
  databaseUrl: string
  members: Record<ServiceName, MeshMember>
  /** Starts another instance of a service with its own sidecar and resolves when it is ready; both read `env`. */
  addReplica(name: ServiceName, env?: Record<string, string>): Promise<MeshMember & { stop(): Promise<void> }>
  database: MeshPart
  broker: MeshPart
  /** The other brokers of a mesh that has three; `broker` is their controller. */
  otherBrokers: MeshPart[]
  mailbox: MeshPart
  /** Resolves when every service is ready; throws after two minutes, naming what is missing. */
  ready(): Promise<void>
  stop(): Promise<void>
}

/** Disables limits: they would slow down load, measurements and demos. What people store is still counted. */
const unlimited = {
  LOGIN_FAILURES_ALLOWED: '0',
  LOGIN_FAILURES_ALLOWED_PER_ADDRESS: '0',
  SIGNUPS_PER_HOUR: '0',
  SIGNUPS_PER_HOUR_IN_ALL: '0',
  API_REQUESTS_PER_MINUTE: '0',
  QUOTA_OPEN_TASKS: '1000000000',
  QUOTA_RECURRING_TASKS: '1000000',
  QUOTA_STORED_MB: '1000000',
  OCCURRENCES_PER_DAY: '0',
  ANONYMOUS_REQUESTS_PER_MINUTE: '0',
}

/**
 * Starts a mesh in a temporary folder on free ports, so that it can run beside `npm start`. Services and sidecars are
 * restarted when they exit, as on Kubernetes; `env` is added to the environment of the services. With `nodeArguments` they
 * run from their sources, which a hook can change.
 */
export const startMesh = async (
  options: {
    env?: Record<string, string>
    nodeArguments?: string[]
    report?: (line: string) => void
    /** What services connect to instead of the database, such as a proxy. */
    databaseThrough?: (databaseUrl: string) => Promise<string>
    /** How many brokers hold the topics; three need Java. */
    brokers?: 1 | 3
  } = {},
): Promise<Mesh> => {
  const report = options.report ?? (() => {})
  const folder = await mkdtemp(join(tmpdir(), 'taskflow-mesh-'))
  const log = (name: string) => join(folder, 'logs', `${name}.log`)
  const stops: (() => Promise<unknown>)[] = []
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each()
    if (!process.env.KEEP_MESH) await rm(folder, { recursive: true, force: true })
  }
  try {
    const find = { cacheDir: defaultCacheDir(process.env), logFile: log('fetch'), report }
    const [dapr, kafka, postgres] = await Promise.all([findDapr(find), findKafka(find), findPostgres()])
    const port = await ports()

    const secrets = newSecrets()
    const database = restartable(() =>
      startPostgres(postgres, {
        dir: join(folder, 'postgres'),
        port: port.postgres,
        password: secrets.postgresPassword,
        logFile: log('postgres'),
        // A killed process loses nothing that it has written; only a power cut would.
        settings: { max_connections: 200, fsync: 'off', full_page_writes: 'off' },
      }),
    )
    const plans = await planBrokers(kafka, { folder, port: port.kafka, count: options.brokers ?? 1, log })
    const cluster = plans.map((begin) => restartable(begin))
    const [broker, ...otherBrokers] = cluster
    const mailbox = restartable(() =>
      startMailbox({
        httpPort: port.mailHttp,
        smtpPort: port.mailSmtp,
        dir: join(folder, 'mail'),
        logFile: log('mailbox'),
      }),
    )
    stops.unshift(database.stop, mailbox.stop, () => Promise.all(cluster.map(({ stop }) => stop())))
    const startDatabase = async () => {
      await database.start()
      const { databaseUrl } = database.running()
      await migrate({ databaseUrl, passwords: secrets.servicePasswords })
      return databaseUrl
    }
    const startBroker = async () => {
      await Promise.all(cluster.map(({ start }) => start()))
      const brokers = cluster.map(({ running }) => running().brokers).join(',')
      await createTopics(brokers, topics)
      return brokers
    }
    const startMail = async () => {
      await mailbox.start()
      return mailbox.running().smtpUrl
    }
    const bundled = options.nodeArguments ? undefined : bundleServices()
    const program = options.nodeArguments ? [...options.nodeArguments, 'src/main.ts'] : [...nodeOptions, bundledProgram]
    const starts = [startDatabase(), startBroker(), startMail(), bundled] as const
    // When one fails, wait for the others first: only a part that has started can be stopped.
    await Promise.allSettled(starts)
    const [databaseUrl, brokers, smtpUrl] = await Promise.all(starts)

    const servicesDatabaseUrl = (await options.databaseThrough?.(databaseUrl)) ?? databaseUrl
    const mailUrl = `http://127.0.0.1:${port.mailHttp}`
    const publicUrl = `http://localhost:${port.services['chat-api'].app}`
    const env = {
      PATH: process.env.PATH,
      ...meshEnvironment(
        { brokers, publicUrl, mailboxUrl: mailUrl },
        {
          checkpoints: join(folder, 'audit-checkpoints.ndjson'),
          tracesEndpoint: options.env?.OTEL_EXPORTER_OTLP_ENDPOINT,
        },
      ),
      DAPR_HOST_IP: '127.0.0.1',
      ...unlimited,
    }
    const resources = await copyResources(folder)
    const startMember = (name: ServiceName, port: MemberPorts, instance: string, changed = {}): MeshMember => {
      const own = memberSecrets(name, secrets, { databaseUrl: servicesDatabaseUrl, smtpUrl })
      // What the caller sets takes precedence.
      const given = { ...options.env, ...changed }
      const tokens = { ...own.service, ...given } as Record<string, string>
      const command = [`--title=${name}`, ...program]
      const app = supervise(name, process.execPath, command, {
        cwd: join(workspaceRoot, 'apps', name),
        logFile: log(instance),
        env: { ...env, ...portsEnvironment(name, port), ...own.service, ...given },
      })
      const sidecar = supervise(`daprd ${name}`, dapr.daprd, sidecarArguments(name, port, resources), {
        cwd: folder,
        logFile: log(`${instance}-daprd`),
        // As in pods (k8s/base/services/pod.yaml).
        env: { ...env, GOMEMLIMIT: '320MiB', ...own.sidecar, ...given },
      })
      return {
        ...{ app, sidecar, url: `http://127.0.0.1:${port.app}`, sidecarUrl: `http://127.0.0.1:${port.http}` },
        ...{ daprApiToken: tokens.DAPR_API_TOKEN!, appApiToken: tokens.APP_API_TOKEN! },
      }
    }
    // Services stop before their sidecars, because they publish through them until the end.
    const stopMember = async ({ app, sidecar }: MeshMember) => {
      await app.stop()
      await sidecar.stop()
    }
    const members = Object.fromEntries(
      serviceNames.map((name) => [name, startMember(name, port.services[name], name)]),
    ) as Record<ServiceName, MeshMember>
    let replicas = 0
    const addReplica = async (name: ServiceName, changed: Record<string, string> = {}) => {
      const member = startMember(name, await memberPorts(), `${name}-replica-${++replicas}`, changed)
      const stop = () => stopMember(member)
      stops.push(stop)
      await untilReady({ [name]: member })
      return { ...member, stop }
    }
    stops.push(() => Promise.all(Object.values(members).map(({ sidecar }) => sidecar.stop())))
    stops.push(() => Promise.all(Object.values(members).map(({ app }) => app.stop())))

    const mesh: Mesh = {
      folder,
      url: members['chat-api'].url,
      mailUrl,
      brokers,
      databaseUrl,
      members,
      addReplica,
      database,
      broker: broker!,
      otherBrokers,
      mailbox,
      ready: () => untilReady(members),
      stop,
    }
    await mesh.ready()
    return mesh
  } catch (error) {
    await stop()
    throw error
  }
}

const ports = async () => ({
  postgres: await freePort(),
  kafka: await freePort(),
  mailHttp: await freePort(),
  mailSmtp: await freePort(),
  services: Object.fromEntries(
    await Promise.all(serviceNames.map(async (name) => [name, await memberPorts()])),
  ) as Record<ServiceName, MemberPorts>,
})

const memberPorts = async (): Promise<MemberPorts> => ({
  app: await freePort(),
  http: await freePort(),
  grpc: await freePort(),
  internal: await freePort(),
  metrics: await freePort(),
})

type MemberPorts = Required<SidecarPorts>

const untilReady = async (members: Record<string, MeshMember>): Promise<void> => {
  const deadline = Date.now() + 120_000
  for (const [name, { url }] of Object.entries(members)) await untilOk(name, `${url}/readyz`, { deadline })
}
