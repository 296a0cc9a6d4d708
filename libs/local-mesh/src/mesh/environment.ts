import { serviceDatabaseUrl } from '@taskflow/database'
import { environmentPrefix, type ServiceName } from '@taskflow/service-kit'
import type { Secrets } from './secrets.ts'
import { tracesEnvironment } from './traces.ts'

export interface MeshAddresses {
  /** As superuser, on the database of the services. */
  databaseUrl: string
  brokers: string
  /** Where browsers reach chat-api. */
  publicUrl: string
  smtpUrl?: string
  /** Empty when caught mail cannot be read. */
  mailboxUrl?: string
}

/** Environment that all services and sidecars of a mesh share; `checkpoints` is the file audit-logger signs. */
export const meshEnvironment = (
  secrets: Secrets,
  { databaseUrl, brokers, publicUrl, smtpUrl, mailboxUrl }: MeshAddresses,
  { checkpoints, tracesEndpoint }: { checkpoints: string; tracesEndpoint?: string | undefined },
): Record<string, string> => ({
  DAPR_API_TOKEN: secrets.daprApiToken,
  APP_API_TOKEN: secrets.appApiToken,
  TOKEN_SECRET: secrets.tokenSecret,
  LINK_SECRET: secrets.linkSecret,
  ACCOUNT_KEY: secrets.accountKey,
  AUDIT_KEY: secrets.auditKey,
  AUDIT_SIGNING_KEY: secrets.auditSigningKey,
  AUDIT_CHECKPOINTS: checkpoints,
  PUBLIC_URL: publicUrl,
  KAFKA_BROKERS: brokers,
  STATESTORE_DATABASE_URL: serviceDatabaseUrl(databaseUrl, 'chat-api', secrets.servicePasswords['chat-api']),
  ...(smtpUrl === undefined ? {} : { SMTP_URL: smtpUrl }),
  ...(mailboxUrl === undefined ? {} : { MAILBOX_URL: mailboxUrl }),
  ...tracesEnvironment(tracesEndpoint),
})

/** Environment of one service: its ports and its login to the database. */
export const serviceEnvironment = (
  name: ServiceName,
  { app, http }: { app: number; http: number },
  { databaseUrl, servicePasswords }: { databaseUrl: string } & Pick<Secrets, 'servicePasswords'>,
): Record<string, string> => {
  const prefix = environmentPrefix(name)
  return {
    [`${prefix}_PORT`]: String(app),
    [`${prefix}_DAPR_HTTP_PORT`]: String(http),
    [`${prefix}_DATABASE_URL`]: serviceDatabaseUrl(databaseUrl, name, servicePasswords[name]),
  }
}
