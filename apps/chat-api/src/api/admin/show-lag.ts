import { endpoint, Problem } from '@taskflow/service-kit'
import { z } from 'zod'
import type { Deps } from '../../deps.ts'
import { readConsumerLag } from '../../domain/consumer-lag.ts'

export const showLag = ({ brokers }: Deps) =>
  endpoint({
    method: 'get',
    path: '/api/v1/admin/lag',
    summary: 'How far each consumer group is behind in each partition',
    access: 'admin',
    answers: { 200: z.object({ data: z.array(z.unknown()) }) },
    handle: async () => {
      if (!brokers)
        throw new Problem('service-unavailable', 'the brokers are not known: set KAFKA_BROKERS for chat-api')
      try {
        return { status: 200, body: { data: await readConsumerLag(brokers) } }
      } catch (error) {
        throw new Problem('service-unavailable', 'no Kafka broker answers just now', { cause: error })
      }
    },
  })
