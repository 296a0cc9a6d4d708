import { serviceDatabaseUrl } from '@taskflow/database'
import { environmentPrefix, type ServiceName } from '@taskflow/service-kit'
import type { Secrets } from './secrets.ts'
import { tracesEnvironment } from './traces.ts'

export interface MeshAddresses {
  brokers: string
  /** Where browsers reach chat-api. */
  publicUrl: string
  /** Empty when caught mail cannot be read. */
  mailboxUrl?: string
}

/**
 * Environment that all services and sidecars of a mesh share: nothing in it is secret. `checkpoints` is the file
 * audit-logger signs, `deliversMail` whether the mail server delivers to people.
 */
export const meshEnvironment = (
  { brokers, publicUrl, mailboxUrl }: MeshAddresses,
  {
    checkpoints,
    tracesEndpoint,
    deliversMail = false,
  }: { checkpoints: string; tracesEndpoint?: string | undefined; deliversMail?: boolean },
): Record<string, string> => ({
  AUDIT_CHECKPOINTS: checkpoints,
  PUBLIC_URL: publicUrl,
  // A mailbox on this machine is everybody's: there is nobody to protect from its mails.
  REQUIRE_CONFIRMED_EMAIL: String(deliversMail),
  KAFKA_BROKERS: brokers,
  ...(mailboxUrl === undefined ? {} : { MAILBOX_URL: mailboxUrl }),
  ...tracesEnvironment(tracesEndpoint),
})

/** The ports of a service and its sidecar. */
export const portsEnvironment = (
  name: ServiceName,
  { app, http }: { app: number; http: number },
): Record<string, string> => {
  const prefix = environmentPrefix(name)
  return { [`${prefix}_PORT`]: String(app), [`${prefix}_DAPR_HTTP_PORT`]: String(http) }
}

/** Addresses with passwords in them. */
interface SecretAddresses {
  /** As superuser, on the database of the services. */
  databaseUrl: string
  smtpUrl?: string
}

/** What only this service needs; every service gets its tokens and its login to the database. */
const ownSecrets: Partial<Record<ServiceName, (secrets: Secrets, addresses: SecretAddresses) => Environment>> = {
  'chat-api': ({ tokenSecret, linkSecret, accountKey, oauthSecret }) => ({
    TOKEN_SECRET: tokenSecret,
    LINK_SECRET: linkSecret,
    ACCOUNT_KEY: accountKey,
    OAUTH_SECRET: oauthSecret,
  }),
  'notification-service': ({ linkSecret }, { smtpUrl }) => ({
    LINK_SECRET: linkSecret,
    ...(smtpUrl === undefined ? {} : { SMTP_URL: smtpUrl }),
  }),
  'audit-logger': ({ auditKey, auditSigningKey }) => ({ AUDIT_KEY: auditKey, AUDIT_SIGNING_KEY: auditSigningKey }),
}

type Environment = Record<string, string>

/** The secrets of a service and those of its sidecar; nobody else gets them. */
export const memberSecrets = (
  name: ServiceName,
  secrets: Secrets,
  addresses: SecretAddresses,
): { service: Environment; sidecar: Environment } => {
  const tokens = { APP_API_TOKEN: secrets.appApiTokens[name]!, DAPR_API_TOKEN: secrets.daprApiTokens[name]! }
  const login = serviceDatabaseUrl(addresses.databaseUrl, name, secrets.servicePasswords[name])
  return {
    service: {
      ...tokens,
      [`${environmentPrefix(name)}_DATABASE_URL`]: login,
      ...ownSecrets[name]?.(secrets, addresses),
    },
    // Only chat-api has a state store, in its own database.
    sidecar: { ...tokens, ...(name === 'chat-api' ? { STATESTORE_DATABASE_URL: login } : {}) },
  }
}
