import { type BaseDeps, createLoop, type Loop } from '@taskflow/service-kit'

const batch = 5_000
const every = 3_600_000

/** How long what was sent, has failed or was suppressed can be looked up. */
const keepFor = Temporal.Duration.from({ hours: 90 * 24 })

/**
 * Removes old rows of the ledger; pending ones stay. The rows are not what keeps a reminder from being sent twice: that
 * is the inbox, which knows an event longer than Kafka can deliver it. Each delete is bounded and indexed.
 */
export const pruneLedger = ({ pool, clock, log }: Pick<BaseDeps, 'pool' | 'clock' | 'log'>): Loop => {
  const step = async (): Promise<number> => {
    const { rowCount } = await pool.query(
      `DELETE FROM notifications.ledger WHERE state <> 'pending' AND ctid = ANY (ARRAY(
         SELECT ctid FROM notifications.ledger WHERE state <> 'pending' AND created_at < $1 ORDER BY created_at LIMIT $2))`,
      [clock.now().subtract(keepFor).toString(), batch],
    )
    return rowCount === batch ? 0 : every
  }
  return createLoop({
    name: 'pruning of the ledger',
    maxWait: every,
    onError: (error) => log.warn('old notifications could not be pruned', { error }),
    step,
  })
}
