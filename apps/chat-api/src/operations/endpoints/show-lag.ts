import { readConsumerLag } from '@taskflow/kafka-admin'
import { endpoint, Problem } from '@taskflow/service-kit'
import { z } from 'zod'
import type { OperationDeps } from '../deps.ts'

const lag = z
  .object({
    group: z.string(),
    topic: z.string(),
    partition: z.int(),
    end: z.int().meta({ description: 'offset that the next message will get' }),
    committed: z.int().nullable().meta({ description: 'offset up to which the group has acknowledged' }),
    lag: z.int(),
  })
  .meta({ id: 'PartitionLag' })

const reading = z.object({ measured_at: z.string(), data: z.array(lag) }).meta({ id: 'Lag' })

/** A reading. How it goes over time is drawn by who asks repeatedly. */
export const showLag = ({ kafka, clock }: OperationDeps) =>
  endpoint({
    method: 'get',
    path: '/api/v1/admin/lag',
    summary: 'How far each consumer group is behind in each partition',
    access: 'admin',
    isWatched: true,
    answers: { 200: reading },
    handle: async () => {
      if (!kafka) throw new Problem('service-unavailable', 'the brokers are not known: set KAFKA_BROKERS for chat-api')
      try {
        const data = await readConsumerLag(kafka)
        return { status: 200, body: { measured_at: clock.now().toString(), data } }
      } catch (error) {
        throw new Problem('service-unavailable', 'no Kafka broker answers just now', { cause: error })
      }
    },
  })
