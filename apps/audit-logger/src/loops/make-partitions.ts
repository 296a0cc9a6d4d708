import { type BaseDeps, createLoop, type Loop } from '@taskflow/service-kit'

const day = 24 * 3_600_000

/** Creates the partitions of the next months, at start and daily. Without them all rows go to the default partition. */
export const makePartitions = ({ pool, log }: Pick<BaseDeps, 'pool' | 'log'>): Loop =>
  createLoop({
    name: 'partitions',
    maxWait: day,
    onError: (error) => log.warn('partitions of the audit log could not be created', { error }),
    step: async () => {
      await pool.query('SELECT audit.make_partitions()')
      return day
    },
  })
