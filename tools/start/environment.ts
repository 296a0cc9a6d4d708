import { rm, writeFile } from 'node:fs/promises'
import { meshEnvironment, type Secrets, serviceEnvironment } from '@taskflow/local-mesh'
import { environmentPrefix, serviceNames } from '@taskflow/service-kit'
import type { Settings } from './settings.ts'

export interface Addresses {
  databaseUrl: string
  brokers: string
  smtpUrl: string
}

/**
 * The environment of `dapr run`, which sidecars and services inherit. Variables that are set already take precedence.
 */
export const startEnvironment = (
  settings: Settings,
  secrets: Secrets,
  { databaseUrl, brokers, smtpUrl }: Addresses,
  { runtimePath, checkpoints, env }: { runtimePath: string; checkpoints: string; env: NodeJS.ProcessEnv },
): Record<string, string> => {
  const { external } = settings
  const ofServices = serviceNames.map((name) => ({
    ...serviceEnvironment(name, settings.services[name], { databaseUrl, ...secrets }),
    [`${environmentPrefix(name)}_DAPR_GRPC_PORT`]: String(settings.services[name].grpc),
  }))
  const own = {
    tokenSecret: env.TOKEN_SECRET || secrets.tokenSecret,
    linkSecret: env.LINK_SECRET || secrets.linkSecret,
    accountKey: env.ACCOUNT_KEY || secrets.accountKey,
    auditKey: env.AUDIT_KEY || secrets.auditKey,
    auditSigningKey: env.AUDIT_SIGNING_KEY || secrets.auditSigningKey,
  }
  const local = [
    ...(external.databaseUrl ? [] : ['DATABASE_URL']),
    ...(external.brokers ? [] : ['KAFKA_BROKERS']),
    ...(external.smtpUrl ? [] : ['SMTP_URL']),
  ]
  return {
    DAPR_RUNTIME_PATH: runtimePath,
    ...meshEnvironment(
      { ...secrets, ...own },
      {
        databaseUrl,
        brokers,
        smtpUrl,
        publicUrl: env.PUBLIC_URL || `http://localhost:${settings.services['chat-api'].app}`,
        // An external mail server delivers for real; MAILBOX_URL may name where to read its mail.
        mailboxUrl: external.smtpUrl ? (env.MAILBOX_URL ?? '') : `http://127.0.0.1:${settings.mailHttp}`,
      },
      { checkpoints: env.AUDIT_CHECKPOINTS || checkpoints, tracesEndpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT },
    ),
    KAFKA_AUTH_TYPE: external.kafkaLogin ? 'password' : 'none',
    KAFKA_USERNAME: external.kafkaLogin?.username ?? '',
    KAFKA_PASSWORD: external.kafkaLogin?.password ?? '',
    KAFKA_CA: external.kafkaLogin?.ca?.file ?? '', // read by chat-api
    KAFKA_CA_CERT: external.kafkaLogin?.ca?.pem ?? '', // for sidecars, which do not read files
    DATABASE_URL: databaseUrl,
    ...Object.assign({}, ...ofServices),
    MAIL_FROM: env.MAIL_FROM || 'TaskFlow <taskflow@localhost>',
    MAIL_HTTP_PORT: String(settings.mailHttp),
    MAIL_SMTP_PORT: String(settings.mailSmtp),
    KAFKA_PORT: String(settings.kafka),
    POSTGRES_PORT: String(settings.postgres),
    TASKFLOW_LOCAL: local.join(' '),
  }
}

/** Writes a file for `set -a; . .taskflow/env`. It holds all secrets of this clone, so only the user can read it. */
export const writeEnvironment = async (
  file: string,
  environment: Record<string, string>,
  { pathFolders, runFile }: { pathFolders: string[]; runFile: string },
): Promise<void> => {
  const lines = [
    '# Written by npm start. To run the services by hand while npm start -- --parts runs the parts:',
    `#   set -a; . .taskflow/env; dapr run -f ${runFile}`,
    `PATH=${pathFolders.map(shellQuote).join(':')}:"$PATH"`,
    ...Object.entries(environment).map(([name, value]) => `${name}=${shellQuote(value)}`),
  ]
  await rm(file, { force: true }) // the mode below does not apply to an existing file
  await writeFile(file, `${lines.join('\n')}\n`, { mode: 0o600 })
}

/** Quotes a text for sh. Single quotes keep every character but the single quote itself. */
export const shellQuote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
