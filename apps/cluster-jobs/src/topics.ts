import { topics } from '@taskflow/event-contracts'
import { createTopics } from '@taskflow/kafka-admin'
import { kafkaAccess } from './kafka-of-environment.ts'

/** The Job that makes the topics before anybody subscribes: one that is missing would silence all. */
const { brokers, access } = kafkaAccess(process.env)
for (const done of await createTopics(brokers, topics, access)) console.log(done)
console.log(`topics are there: ${Object.keys(topics).join(', ')}`)
