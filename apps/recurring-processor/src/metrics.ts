import { type BaseDeps, Counter } from '@taskflow/service-kit'

export const createRecurrenceMetrics = ({ metrics }: Pick<BaseDeps, 'metrics'>) => ({
  occurrences: new Counter({
    name: 'taskflow_occurrences_total',
    help: 'Occurrences made, by what asked for them: completion, schedule',
    labelNames: ['cause'],
    registers: [metrics.registry],
  }),
})
export type RecurrenceMetrics = ReturnType<typeof createRecurrenceMetrics>
