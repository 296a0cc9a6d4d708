import { Admin, type AdminOptions } from '@platformatic/kafka'

/** Options of clients for brokers that require a login. */
export type KafkaAccess = Pick<AdminOptions, 'tls' | 'sasl'>

/** Login for brokers that require a password. `ca`: the authority in PEM, unless it is a public one. */
export interface KafkaCredentials {
  username: string
  password: string
  ca?: string | undefined
}

/** SASL/SCRAM-SHA-512 over TLS. */
export const kafkaAccess = ({ username, password, ca }: KafkaCredentials): KafkaAccess => ({
  tls: ca ? { ca } : {},
  sasl: { mechanism: 'SCRAM-SHA-512', username, password },
})

/** A client for comma-separated brokers (`host:port`). Close it after use. */
export const createAdmin = (brokers: string, access: KafkaAccess = {}, options: Partial<AdminOptions> = {}): Admin =>
  new Admin({
    ...access,
    clientId: 'taskflow-admin',
    bootstrapBrokers: brokers.split(',').map((address) => address.trim()),
    retries: 3,
    retryDelay: 250,
    connectTimeout: 3_000,
    ...options,
  })
