import { type BaseDeps, Counter } from '@taskflow/service-kit'

export const createRecurrenceMetrics = ({ metrics }: Pick<BaseDeps, 'metrics'>) => ({
  occurrences: new Counter({
    name: 'taskflow_occurrences_total',
    help: 'Occurrences made, by cause: completion, schedule, reconciled (its event was never handled)',
    labelNames: ['cause'],
    registers: [metrics.registry],
  }),
  occurrencesPutOff: new Counter({
    name: 'taskflow_occurrences_put_off_total',
    help: 'Occurrences that were not made when due, because their person has too many tasks',
    registers: [metrics.registry],
  }),
})
export type RecurrenceMetrics = ReturnType<typeof createRecurrenceMetrics>
