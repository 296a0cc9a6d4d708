import { setTimeout as delay } from 'node:timers/promises'
import { type Lag, readConsumerLag } from '@taskflow/kafka-admin'
import type { ServiceName } from '@taskflow/service-kit'
import type { Database, Stand } from './stand.ts'

/** Events in tasks.outbox. */
export const outboxDepth = async ({ pool }: Database): Promise<number> => {
  const { rows } = await pool.query<{ n: number }>('SELECT count(*)::int AS n FROM tasks.outbox')
  return rows[0]!.n
}

/** How many task-events each of these services has yet to acknowledge. */
export const lagOf = async ({ brokers }: Stand, services: ServiceName[]): Promise<number[]> => {
  if (services.length === 0) return []
  const lags = await readConsumerLag({ brokers })
  const sum =
    (service: string) =>
    (total: number, { group, topic, committed, lag }: Lag) =>
      group === service && topic === 'task-events' && committed !== null ? total + lag : total
  return services.map((service) => lags.reduce(sum(service), 0))
}

/** Resolves when the outbox is empty and these services have taken all task-events. */
export const untilQuiet = async (stand: Stand, database: Database, services: ServiceName[]): Promise<void> => {
  while ((await outboxDepth(database)) > 0) await delay(50)
  while ((await lagOf(stand, services)).some((lag) => lag > 0)) await delay(200)
}
