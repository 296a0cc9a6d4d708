import { Admin, type AdminOptions } from '@platformatic/kafka'

/** How brokers let us in, where they do not take everybody. */
export type KafkaAccess = Pick<AdminOptions, 'tls' | 'sasl'>

/** Who we are to brokers that ask for a password. `ca`: the authority in PEM, unless it is a public one. */
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

/** A client for brokers named as `host:port`, separated by commas. Close it after use. */
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
