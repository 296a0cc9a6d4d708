import { type Kafka, readConsumerLag } from '@taskflow/kafka-admin'
import { type BaseDeps, registerGauges } from '@taskflow/service-kit'

/** How far consumers are behind, of which their sidecars know nothing. Left out while no broker answers. */
export const registerLagGauge = (base: Pick<BaseDeps, 'metrics'>, kafka: Kafka): void =>
  registerGauges(
    base.metrics,
    {
      taskflow_consumer_lag_events: {
        help: 'Events that are published and not yet acknowledged by the consumer, all partitions together',
        labelNames: ['consumer', 'topic'],
      },
    },
    async () => {
      const partitions = Map.groupBy(await readConsumerLag(kafka), ({ group, topic }) => `${group} ${topic}`)
      return {
        taskflow_consumer_lag_events: [...partitions.values()].map((of) => ({
          labels: { consumer: of[0]!.group, topic: of[0]!.topic },
          value: of.reduce((total, { lag }) => total + lag, 0),
        })),
      }
    },
  )
