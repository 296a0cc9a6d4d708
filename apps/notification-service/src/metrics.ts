import { ledger, sentCounts } from '@taskflow/database'
import { type BaseDeps, Counter, Histogram, registerGauges } from '@taskflow/service-kit'
import { and, count, eq, gt, lte, min, sum } from 'drizzle-orm'
import { serverLimit } from './domain/limits.ts'

/** Metrics of sending. `mailsPerDay`: what the mail server accepts; 0: no limit. */
export const createNotificationMetrics = (
  { metrics, db, clock }: Pick<BaseDeps, 'metrics' | 'db' | 'clock'>,
  mailsPerDay: number,
) => {
  registerGauges(
    metrics,
    {
      taskflow_notifications_waiting: {
        help: 'Notifications that are to be sent, now or later, by channel',
        labelNames: ['channel'],
      },
      taskflow_notifications_oldest_due_age_seconds: {
        help: 'How long the notification that should have been sent first has been waiting, 0 when none is due',
      },
    },
    async () => {
      const now = clock.now()
      const pending = eq(ledger.state, 'pending')
      const [waiting, [due]] = await Promise.all([
        db.select({ channel: ledger.channel, count: count() }).from(ledger).where(pending).groupBy(ledger.channel),
        db
          .select({ since: min(ledger.next_attempt_at) })
          .from(ledger)
          .where(and(pending, lte(ledger.next_attempt_at, now.toString()))),
      ])
      return {
        taskflow_notifications_waiting: waiting.map(({ channel, count }) => ({ labels: { channel }, value: count })),
        taskflow_notifications_oldest_due_age_seconds: due?.since
          ? now.since(Temporal.Instant.from(due.since)).total('seconds')
          : 0,
      }
    },
  )
  if (mailsPerDay > 0) {
    registerGauges(
      metrics,
      {
        taskflow_mail_quota_remaining: {
          help: 'Mails that the mail server takes within the last 24 h, less those it took',
        },
      },
      async () => {
        const { subject, window } = serverLimit(mailsPerDay)
        const since = clock.now().subtract(window).toString()
        const [row] = await db
          .select({ sent: sum(sentCounts.count) })
          .from(sentCounts)
          .where(and(eq(sentCounts.subject, subject), gt(sentCounts.since, since)))
        return { taskflow_mail_quota_remaining: Math.max(0, mailsPerDay - Number(row?.sent ?? 0)) }
      },
    )
  }
  return {
    attempts: new Counter({
      name: 'taskflow_notifications_total',
      help: 'Attempts to send, by outcome: sent, refused (for good), later, server_away, unclear (it may arrive)',
      labelNames: ['channel', 'outcome'],
      registers: [metrics.registry],
    }),
    duration: new Histogram({
      name: 'taskflow_notification_duration_seconds',
      help: 'Time of an attempt: an SMTP transaction, or a request to a webhook',
      labelNames: ['channel'],
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
      registers: [metrics.registry],
    }),
  }
}
export type NotificationMetrics = ReturnType<typeof createNotificationMetrics>
