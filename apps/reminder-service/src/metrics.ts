import { schedule } from '@taskflow/database'
import { type BaseDeps, Counter, Histogram, registerGauges } from '@taskflow/service-kit'
import { and, count, isNull, lte } from 'drizzle-orm'

/** Metrics of punctuality. */
export const createReminderMetrics = ({ metrics, db, clock }: Pick<BaseDeps, 'metrics' | 'db' | 'clock'>) => {
  registerGauges(
    metrics,
    { taskflow_reminders_overdue: { help: 'Reminders that are due and were not fired yet' } },
    async () => {
      const overdue = and(isNull(schedule.fired_at), lte(schedule.at, clock.now().toString()))
      const [row] = await db.select({ count: count() }).from(schedule).where(overdue)
      return { taskflow_reminders_overdue: row!.count }
    },
  )
  return {
    lateness: new Histogram({
      name: 'taskflow_reminder_lateness_seconds',
      help: 'From the moment a reminder was due until it was fired',
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600, 14_400, 86_400],
      registers: [metrics.registry],
    }),
    reconciled: new Counter({
      name: 'taskflow_reminders_reconciled_total',
      help: 'Tasks whose events were never handled, and whose reminders were corrected in the background',
      registers: [metrics.registry],
    }),
  }
}
export type ReminderMetrics = ReturnType<typeof createReminderMetrics>
