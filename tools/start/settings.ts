import { type KafkaLogin, readKafkaLogin } from '@taskflow/kafka-admin'
import { PartError } from '@taskflow/local-mesh'
import { environmentPrefix, type ServiceName, serviceNames, services } from '@taskflow/service-kit'

interface ServicePorts {
  app: number
  http: number
  grpc: number
}

export interface Settings {
  services: Record<ServiceName, ServicePorts>
  mailHttp: number
  mailSmtp: number
  kafka: number
  postgres: number
  /** External parts; undefined means a local one. */
  external: {
    databaseUrl?: string | undefined
    brokers?: string | undefined
    /** For brokers that require a password. */
    kafkaLogin?: KafkaLogin | undefined
    smtpUrl?: string | undefined
  }
  /** Whether an address gets mail only once its owner has confirmed it. */
  requireConfirmedEmail: boolean
  /** Delete all data first. */
  fresh: boolean
  /** Start Postgres, Kafka and the mailbox only, for running services by hand. */
  partsOnly: boolean
}

/** A port and the environment variable that changes it. */
export interface NamedPort {
  port: number
  variable: string
  what: string
}

export const usage = `npm start [-- options]

  --fresh   delete all data of this clone first
  --parts   start Postgres, Kafka and the mailbox only, for running services by hand
  --help    this text`

/** Options of `npm start`. */
export const startOptions = { fresh: { type: 'boolean' }, parts: { type: 'boolean' } } as const

/** Reads the environment and the options; reports all problems at once. */
export const readSettings = (
  env: NodeJS.ProcessEnv,
  { fresh = false, parts: partsOnly = false }: { fresh?: boolean; parts?: boolean } = {},
): Settings => {
  const problems: string[] = []
  const port = (name: string, fallback: number): number => {
    const value = Number(env[name] || fallback)
    if (!Number.isInteger(value) || value < 1 || value > 65_535) problems.push(`${name}=${env[name]} is not a port`)
    return value
  }
  const portsOf = (service: ServiceName): ServicePorts => {
    const prefix = environmentPrefix(service)
    return {
      app: port(`${prefix}_PORT`, services[service].port),
      http: port(`${prefix}_DAPR_HTTP_PORT`, services[service].daprHttpPort),
      grpc: port(`${prefix}_DAPR_GRPC_PORT`, services[service].daprGrpcPort),
    }
  }
  const settings: Settings = {
    services: Object.fromEntries(serviceNames.map((name) => [name, portsOf(name)])) as Settings['services'],
    mailHttp: port('MAIL_HTTP_PORT', 8025),
    mailSmtp: port('MAIL_SMTP_PORT', 1025),
    kafka: port('KAFKA_PORT', 9092),
    postgres: port('POSTGRES_PORT', 5432),
    external: externalParts(env),
    requireConfirmedEmail: confirmation(env, problems),
    fresh,
    partsOnly,
  }
  const ports = portsOfSettings(settings)
  for (const [index, { port, variable }] of ports.entries()) {
    const other = ports.slice(0, index).find((earlier) => earlier.port === port)
    if (other) problems.push(`${variable} and ${other.variable} are both ${port}`)
  }
  if (problems.length > 0) throw new PartError(`${problems.join('; ')}.`, { fix: 'correct the environment' })
  return settings
}

/**
 * A shell that has sourced .taskflow/env has the addresses of our own parts; TASKFLOW_LOCAL in that file names them, so
 * that a later `npm start` in the same shell does not take them for external ones.
 */
const externalParts = (env: NodeJS.ProcessEnv): Settings['external'] => {
  const external = (name: string) => ownChoice(env, name)
  const brokers = external('KAFKA_BROKERS')
  const kafkaLogin = brokers ? readKafkaLogin(env) : undefined
  return { databaseUrl: external('DATABASE_URL'), brokers, kafkaLogin, smtpUrl: external('SMTP_URL') }
}

/** A variable that the user set, not .taskflow/env. */
const ownChoice = (env: NodeJS.ProcessEnv, name: string): string | undefined =>
  (env.TASKFLOW_LOCAL ?? '').split(' ').includes(name) ? undefined : env[name] || undefined

/** By default where mail is delivered to people. */
const confirmation = (env: NodeJS.ProcessEnv, problems: string[]): boolean => {
  const { smtpUrl } = externalParts(env)
  const given = ownChoice(env, 'REQUIRE_CONFIRMED_EMAIL') ?? String(smtpUrl !== undefined)
  if (given !== 'true' && given !== 'false') problems.push(`REQUIRE_CONFIRMED_EMAIL=${given} is neither true nor false`)
  return given === 'true'
}

/** Every port that the mesh will listen on. */
export const portsOfSettings = (settings: Settings): NamedPort[] => {
  const { external, partsOnly } = settings
  const ofServices = serviceNames.flatMap((name): NamedPort[] => {
    const [prefix, { app, http, grpc }] = [environmentPrefix(name), settings.services[name]]
    return [
      { port: app, variable: `${prefix}_PORT`, what: name },
      { port: http, variable: `${prefix}_DAPR_HTTP_PORT`, what: `sidecar of ${name}` },
      { port: grpc, variable: `${prefix}_DAPR_GRPC_PORT`, what: `sidecar of ${name}` },
    ]
  })
  const mail = [
    { port: settings.mailHttp, variable: 'MAIL_HTTP_PORT', what: 'mailbox' },
    { port: settings.mailSmtp, variable: 'MAIL_SMTP_PORT', what: 'mailbox' },
  ]
  return [
    ...(partsOnly ? [] : ofServices),
    ...(external.smtpUrl ? [] : mail),
    ...(external.brokers ? [] : [{ port: settings.kafka, variable: 'KAFKA_PORT', what: 'Kafka' }]),
    ...(external.databaseUrl ? [] : [{ port: settings.postgres, variable: 'POSTGRES_PORT', what: 'Postgres' }]),
  ]
}
