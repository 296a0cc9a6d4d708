import { type BaseDeps, createLoop, type Loop } from '@taskflow/service-kit'

const day = 24 * 3_600_000

/** Has the partitions of the next months made: at start and daily. Without them the default partition takes all. */
export const makePartitions = ({ pool, log }: Pick<BaseDeps, 'pool' | 'log'>): Loop =>
  createLoop({
    name: 'partitions',
    maxWait: day,
    onError: (error) => log.warn('partitions of the audit log could not be made', { error }),
    step: async () => {
      await pool.query('SELECT audit.make_partitions()')
      return day
    },
  })
