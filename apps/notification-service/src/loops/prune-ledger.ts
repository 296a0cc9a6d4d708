import { type BaseDeps, createLoop, type Loop } from '@taskflow/service-kit'

const batchSize = 5_000
const interval = 3_600_000

/** How long finished notifications are kept. */
const retention = Temporal.Duration.from({ hours: 90 * 24 })

/**
 * Deletes old rows of the ledger; pending ones stay. The rows are not needed to prevent duplicates: the inbox does
 * that, which keeps an event longer than Kafka can deliver it. Each statement is bounded and uses an index.
 */
export const pruneLedger = ({ pool, clock, log }: Pick<BaseDeps, 'pool' | 'clock' | 'log'>): Loop => {
  const step = async (): Promise<number> => {
    const { rowCount } = await pool.query(
      `DELETE FROM notifications.ledger WHERE state <> 'pending' AND ctid = ANY (ARRAY(
         SELECT ctid FROM notifications.ledger WHERE state <> 'pending' AND created_at < $1 ORDER BY created_at LIMIT $2))`,
      [clock.now().subtract(retention).toString(), batchSize],
    )
    return rowCount === batchSize ? 0 : interval
  }
  return createLoop({
    name: 'pruning of the ledger',
    maxWait: interval,
    onError: (error) => log.warn('old notifications could not be pruned', { error }),
    step,
  })
}
