import type { KafkaAccess } from '@taskflow/kafka-admin'
import { accessWith, readKafkaLogin } from '@taskflow/kafka-admin'

/** The address of the brokers, KAFKA_BROKERS, and the login for them. Exits with 78 when it is not set. */
export const kafkaAccess = (env: NodeJS.ProcessEnv): { brokers: string; access: KafkaAccess } => {
  const { KAFKA_BROKERS: brokers } = env
  if (!brokers) {
    console.error('configuration: KAFKA_BROKERS is not set')
    process.exit(78)
  }
  return { brokers, access: accessWith(readKafkaLogin(env)) }
}
