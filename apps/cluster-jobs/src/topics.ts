import { topics } from '@taskflow/event-contracts'
import { createTopics } from '@taskflow/kafka-admin'
import { kafkaAccess } from './kafka-of-environment.ts'

/** The Job that creates the topics before services subscribe: a missing one would stop all subscriptions. */
const { brokers, access } = kafkaAccess(process.env)
for (const done of await createTopics(brokers, topics, access)) console.log(done)
console.log(`topics exist: ${Object.keys(topics).join(', ')}`)
