import { rm, writeFile } from 'node:fs/promises'
import { serviceDatabaseUrl } from '@taskflow/database'
import type { Secrets } from '@taskflow/local-mesh'
import { tracesEnvironment } from '@taskflow/local-mesh'
import { environmentPrefix, serviceNames } from '@taskflow/service-kit'
import type { Settings } from './settings.ts'

export interface Addresses {
  databaseUrl: string
  brokers: string
  smtpUrl: string
}

/** Everything `dapr run` hands on to the sidecars and the services. */
export const meshEnvironment = (
  settings: Settings,
  secrets: Secrets,
  { databaseUrl, brokers, smtpUrl }: Addresses,
  { runtimePath, checkpoints, env }: { runtimePath: string; checkpoints: string; env: NodeJS.ProcessEnv },
): Record<string, string> => {
  const { external } = settings
  const databaseUrls = serviceNames.map((name) => [
    `${environmentPrefix(name)}_DATABASE_URL`,
    serviceDatabaseUrl(databaseUrl, name, secrets.servicePasswords[name]),
  ])
  const ports = serviceNames.flatMap((name) => {
    const [prefix, { app, http, grpc }] = [environmentPrefix(name), settings.services[name]]
    return [
      [`${prefix}_PORT`, String(app)],
      [`${prefix}_DAPR_HTTP_PORT`, String(http)],
      [`${prefix}_DAPR_GRPC_PORT`, String(grpc)],
    ]
  })
  const local = [
    ...(external.databaseUrl ? [] : ['DATABASE_URL']),
    ...(external.brokers ? [] : ['KAFKA_BROKERS']),
    ...(external.smtpUrl ? [] : ['SMTP_URL']),
  ]
  return {
    DAPR_RUNTIME_PATH: runtimePath,
    DAPR_API_TOKEN: secrets.daprApiToken,
    APP_API_TOKEN: secrets.appApiToken,
    TOKEN_SECRET: env.TOKEN_SECRET || secrets.tokenSecret,
    LINK_SECRET: env.LINK_SECRET || secrets.linkSecret,
    AUDIT_KEY: env.AUDIT_KEY || secrets.auditKey,
    AUDIT_SIGNING_KEY: env.AUDIT_SIGNING_KEY || secrets.auditSigningKey,
    AUDIT_CHECKPOINTS: env.AUDIT_CHECKPOINTS || checkpoints,
    PUBLIC_URL: env.PUBLIC_URL || `http://localhost:${settings.services['chat-api'].app}`,
    KAFKA_BROKERS: brokers,
    KAFKA_AUTH_TYPE: external.kafkaLogin ? 'password' : 'none',
    KAFKA_USERNAME: external.kafkaLogin?.username ?? '',
    KAFKA_PASSWORD: external.kafkaLogin?.password ?? '',
    KAFKA_CA: external.kafkaLogin?.ca?.file ?? '', // which chat-api reads
    KAFKA_CA_CERT: external.kafkaLogin?.ca?.pem ?? '', // for the sidecars, which read no files
    DATABASE_URL: databaseUrl,
    ...Object.fromEntries(databaseUrls),
    STATESTORE_DATABASE_URL: serviceDatabaseUrl(databaseUrl, 'chat-api', secrets.servicePasswords['chat-api']),
    SMTP_URL: smtpUrl,
    // Somebody else's mail server delivers, unless it is said where it can be looked into.
    MAILBOX_URL: external.smtpUrl ? (env.MAILBOX_URL ?? '') : `http://127.0.0.1:${settings.mailHttp}`,
    MAIL_FROM: env.MAIL_FROM || 'TaskFlow <taskflow@localhost>',
    ...Object.fromEntries(ports),
    MAIL_HTTP_PORT: String(settings.mailHttp),
    MAIL_SMTP_PORT: String(settings.mailSmtp),
    KAFKA_PORT: String(settings.kafka),
    POSTGRES_PORT: String(settings.postgres),
    ...tracesEnvironment(env.OTEL_EXPORTER_OTLP_ENDPOINT),
    TASKFLOW_LOCAL: local.join(' '),
  }
}

/** A file for `set -a; . .taskflow/env`; it holds every secret of this clone, so only the user can read it. */
export const writeEnvironment = async (
  file: string,
  environment: Record<string, string>,
  { pathFolders, runFile }: { pathFolders: string[]; runFile: string },
): Promise<void> => {
  const lines = [
    '# Written by npm start. With Postgres, Kafka and the mailbox running (npm start -- --parts), the services run by hand:',
    `#   set -a; . .taskflow/env; dapr run -f ${runFile}`,
    `PATH=${pathFolders.map(shellQuote).join(':')}:"$PATH"`,
    ...Object.entries(environment).map(([name, value]) => `${name}=${shellQuote(value)}`),
  ]
  await rm(file, { force: true }) // so that the mode below also holds for a file that was there
  await writeFile(file, `${lines.join('\n')}\n`, { mode: 0o600 })
}

/** Single quotes keep every character but the single quote itself. */
export const shellQuote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
