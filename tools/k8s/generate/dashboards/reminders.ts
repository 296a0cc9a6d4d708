import { dashboard, lines, number, quantiles } from './panels.ts'

const here = 'namespace="$namespace"'
const rate = '[$__rate_interval]'

export const reminders = dashboard(
  'taskflow-reminders',
  'TaskFlow reminders',
  'Reminders on time, and the mails that come of them',
  [
    [
      'State',
      number(
        'Late by',
        '99 of 100 reminders of the last 5 minutes; promised are 100 ms',
        's',
        `max(service:taskflow_reminder_lateness_seconds:p99_5m{${here}})`,
        1,
      ),
      number('Overdue', 'Due and not fired', 'short', `max(taskflow_reminders_overdue{${here}})`, 10_000),
      number(
        'Unsent',
        'Notifications to be sent, now or later',
        'short',
        `sum(max by (channel) (taskflow_notifications_waiting{${here}}))`,
        1_000,
      ),
      number(
        'Oldest unsent',
        'Since when it should have been sent',
        's',
        `max(taskflow_notifications_oldest_due_age_seconds{${here}})`,
        300,
      ),
      number(
        'Mails not taken',
        'Share of the attempts of the last hour',
        'percentunit',
        `sum(rate(taskflow_notifications_total{channel="email", outcome!="sent", ${here}}[1h])) / sum(rate(taskflow_notifications_total{channel="email", ${here}}[1h])) or vector(0)`,
        0.1,
      ),
    ],
    [
      'Reminders',
      lines(
        'Lateness',
        'From the moment a reminder was due until it was fired',
        's',
        ...quantiles('service:taskflow_reminder_lateness_seconds', here, ''),
      ),
      lines('Fired', 'Reminders a second', 'eps', [
        `sum(rate(taskflow_reminder_lateness_seconds_count{${here}}${rate}))`,
        'fired',
      ]),
      lines('Overdue', 'Due and not fired', 'short', [`max(taskflow_reminders_overdue{${here}})`, 'overdue']),
    ],
    [
      'Notifications',
      lines('Attempts', 'To send, a second', 'eps', [
        `sum by (channel, outcome) (rate(taskflow_notifications_total{${here}}${rate}))`,
        '{{channel}} {{outcome}}',
      ]),
      lines('Unsent', 'Notifications to be sent, now or later', 'short', [
        `max by (channel) (taskflow_notifications_waiting{${here}})`,
        '{{channel}}',
      ]),
      lines(
        'From reminder to notification',
        '95 of 100 events task-reminders are handled at most this long after they happened',
        's',
        [
          `service_topic:taskflow_event_delay_seconds:p95_5m{service="notification-service", topic="task-reminders", ${here}}`,
          'p95',
        ],
      ),
      lines('Time to send', 'An SMTP transaction, or a request to a webhook, 95 of 100', 's', [
        `histogram_quantile(0.95, sum by (channel, le) (rate(taskflow_notification_duration_seconds_bucket{${here}}${rate})))`,
        '{{channel}}',
      ]),
      lines('Oldest unsent', 'Since when it should have been sent', 's', [
        `max(taskflow_notifications_oldest_due_age_seconds{${here}})`,
        'oldest',
      ]),
      lines('Mails left', 'Of the quota', 'short', [`min(taskflow_mail_quota_remaining{${here}})`, 'left']),
    ],
  ],
)
