import { setTimeout as delay } from 'node:timers/promises'
import { type Lag, readConsumerLag } from '@taskflow/kafka-admin'
import type { ServiceName } from '@taskflow/service-kit'
import type { Database, Testbed } from './testbed.ts'

/** Events in tasks.outbox. */
export const outboxDepth = async ({ pool }: Database): Promise<number> => {
  const { rows } = await pool.query<{ n: number }>('SELECT count(*)::int AS n FROM tasks.outbox')
  return rows[0]!.n
}

/** Unacknowledged task-events of each service. */
export const lagOf = async ({ brokers }: Testbed, services: ServiceName[]): Promise<number[]> => {
  if (services.length === 0) return []
  const lags = await readConsumerLag({ brokers })
  const sum =
    (service: string) =>
    (total: number, { group, topic, committed, lag }: Lag) =>
      group === service && topic === 'task-events' && committed !== null ? total + lag : total
  return services.map((service) => lags.reduce(sum(service), 0))
}

/** Resolves when the outbox is empty and the services have acknowledged all task-events. */
export const untilQuiet = async (testbed: Testbed, database: Database, services: ServiceName[]): Promise<void> => {
  while ((await outboxDepth(database)) > 0) await delay(50)
  while ((await lagOf(testbed, services)).some((lag) => lag > 0)) await delay(200)
}
