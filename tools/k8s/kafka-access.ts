import { readFileSync } from 'node:fs'
import type { KafkaAccess } from '../parts/kafka-client.ts'

/**
 * Where the brokers are and how they let us in: KAFKA_BROKERS; KAFKA_USERNAME and KAFKA_PASSWORD for SASL/SCRAM over TLS,
 * KAFKA_CA the file of the authority that signed the brokers' certificates, unless it is a public one.
 */
export function kafkaAccess(env: NodeJS.ProcessEnv): { brokers: string; access: KafkaAccess } {
  const { KAFKA_BROKERS: brokers, KAFKA_USERNAME: username, KAFKA_PASSWORD: password, KAFKA_CA: ca } = env
  if (!brokers) {
    console.error('configuration: KAFKA_BROKERS is not set')
    process.exit(78)
  }
  if (!username || !password) return { brokers, access: {} }
  const tls = ca ? { ca: readFileSync(ca, 'utf8') } : {}
  return { brokers, access: { tls, sasl: { mechanism: 'SCRAM-SHA-512', username, password } } }
}
