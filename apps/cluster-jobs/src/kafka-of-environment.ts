import type { KafkaAccess } from '@taskflow/kafka-admin'
import { accessWith, readKafkaLogin } from '@taskflow/kafka-admin'

/** Where the brokers are, KAFKA_BROKERS, and how they let us in. */
export const kafkaAccess = (env: NodeJS.ProcessEnv): { brokers: string; access: KafkaAccess } => {
  const { KAFKA_BROKERS: brokers } = env
  if (!brokers) {
    console.error('configuration: KAFKA_BROKERS is not set')
    process.exit(78)
  }
  return { brokers, access: accessWith(readKafkaLogin(env)) }
}
