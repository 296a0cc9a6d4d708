import { rm, writeFile } from 'node:fs/promises'
import { memberSecrets, meshEnvironment, portsEnvironment, type Secrets, shellQuote } from '@taskflow/local-mesh'
import { environmentPrefix, type ServiceName, serviceNames } from '@taskflow/service-kit'
import type { Settings } from './settings.ts'

export interface Addresses {
  databaseUrl: string
  brokers: string
  smtpUrl: string
}

export interface StartEnvironment {
  /** Of `dapr run`, which all sidecars and services inherit: nothing in it is secret. */
  shared: Record<string, string>
  /** What a service and its sidecar alone may know. */
  secrets: Record<ServiceName, { service: Record<string, string>; sidecar: Record<string, string> }>
}

/**
 * Variables with secrets that a user may have set. They are passed on to those who need them, and taken from what
 * everybody inherits.
 */
const secretVariables = [
  ...['DATABASE_URL', 'SMTP_URL', 'STATESTORE_DATABASE_URL', 'KAFKA_USERNAME', 'KAFKA_PASSWORD', 'OPENAI_API_KEY'],
  'OPENID_PROVIDERS',
  ...[
    'TOKEN_SECRET',
    'LINK_SECRET',
    'ACCOUNT_KEY',
    'OAUTH_SECRET',
    'AUDIT_KEY',
    'AUDIT_SIGNING_KEY',
    'APP_API_TOKEN',
    'DAPR_API_TOKEN',
  ],
  ...serviceNames.map((name) => `${environmentPrefix(name)}_DATABASE_URL`),
]

/** The environment of `npm start` without secrets. */
export const withoutSecrets = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !secretVariables.includes(name)))

/** Variables that are set already take precedence. */
export const startEnvironment = (
  settings: Settings,
  secrets: Secrets,
  { databaseUrl, brokers, smtpUrl }: Addresses,
  { runtimePath, checkpoints, env }: { runtimePath: string; checkpoints: string; env: NodeJS.ProcessEnv },
): StartEnvironment => {
  const { external } = settings
  const ports = serviceNames.map((name) => ({
    ...portsEnvironment(name, settings.services[name]),
    [`${environmentPrefix(name)}_DAPR_GRPC_PORT`]: String(settings.services[name].grpc),
  }))
  const local = [
    ...(external.databaseUrl ? [] : ['DATABASE_URL']),
    ...(external.brokers ? [] : ['KAFKA_BROKERS']),
    ...(external.smtpUrl ? [] : ['SMTP_URL']),
    ...(settings.requireConfirmedEmail === Boolean(external.smtpUrl) ? ['REQUIRE_CONFIRMED_EMAIL'] : []),
  ]
  const shared = {
    DAPR_RUNTIME_PATH: runtimePath,
    ...meshEnvironment(
      {
        brokers,
        publicUrl: env.PUBLIC_URL || `http://localhost:${settings.services['chat-api'].app}`,
        // An external mail server delivers for real; MAILBOX_URL may name where to read its mail.
        mailboxUrl: external.smtpUrl ? (env.MAILBOX_URL ?? '') : `http://127.0.0.1:${settings.mailHttp}`,
      },
      {
        checkpoints: env.AUDIT_CHECKPOINTS || checkpoints,
        tracesEndpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT,
        deliversMail: settings.requireConfirmedEmail,
      },
    ),
    KAFKA_AUTH_TYPE: external.kafkaLogin ? 'password' : 'none',
    KAFKA_CA: external.kafkaLogin?.ca?.file ?? '', // read by chat-api
    KAFKA_CA_CERT: external.kafkaLogin?.ca?.pem ?? '', // for sidecars, which do not read files
    ...Object.assign({}, ...ports),
    MAIL_FROM: env.MAIL_FROM || 'TaskFlow <taskflow@localhost>',
    MAIL_HTTP_PORT: String(settings.mailHttp),
    MAIL_SMTP_PORT: String(settings.mailSmtp),
    KAFKA_PORT: String(settings.kafka),
    POSTGRES_PORT: String(settings.postgres),
    TASKFLOW_LOCAL: local.join(' '),
  }
  const own = {
    ...secrets,
    tokenSecret: env.TOKEN_SECRET || secrets.tokenSecret,
    linkSecret: env.LINK_SECRET || secrets.linkSecret,
    accountKey: env.ACCOUNT_KEY || secrets.accountKey,
    oauthSecret: env.OAUTH_SECRET || secrets.oauthSecret,
    auditKey: env.AUDIT_KEY || secrets.auditKey,
    auditSigningKey: env.AUDIT_SIGNING_KEY || secrets.auditSigningKey,
  }
  return { shared, secrets: secretsOfMembers(own, { databaseUrl, smtpUrl }, settings, env) }
}

const secretsOfMembers = (
  secrets: Secrets,
  addresses: { databaseUrl: string; smtpUrl: string },
  { external: { kafkaLogin } }: Settings,
  env: NodeJS.ProcessEnv,
): StartEnvironment['secrets'] => {
  const kafka = { KAFKA_USERNAME: kafkaLogin?.username ?? '', KAFKA_PASSWORD: kafkaLogin?.password ?? '' }
  const ofMember = (name: ServiceName): StartEnvironment['secrets'][ServiceName] => {
    const { service, sidecar } = memberSecrets(name, secrets, addresses)
    // Sidecars log in to the brokers; chat-api does too, for the lag of consumers, and alone uses the language model and
    // the providers that people sign in with.
    const { OPENAI_API_KEY = '', OPENID_PROVIDERS = '' } = env
    const more = name === 'chat-api' ? { ...kafka, OPENAI_API_KEY, OPENID_PROVIDERS } : {}
    return { service: { ...service, ...more }, sidecar: { ...sidecar, ...kafka } }
  }
  return Object.fromEntries(serviceNames.map((name) => [name, ofMember(name)])) as StartEnvironment['secrets']
}

/**
 * Writes a file for `set -a; . .taskflow/env`, for people: settings, and the login to the database as its owner, so only
 * the user can read it.
 */
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
