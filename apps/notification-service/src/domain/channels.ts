import type { Delivery, ReminderContent } from './delivery.ts'
import type { Mailer } from './mailer.ts'
import type { Outcome } from './outcome.ts'
import { reminderMail, type Writer } from './reminder-mail.ts'
import type { WebhookSender } from './webhook.ts'

export type Send = (delivery: Delivery, stopping: AbortSignal) => Promise<Outcome>

/** Sends as e-mail. */
export const byMail =
  (mailer: Mailer, writer: () => Writer): Send =>
  async (delivery, stopping) =>
    mailer.send(await reminderMail(delivery, writer()), stopping)

/** Posts to the person's webhook, with which any other channel can be connected. */
export const byWebhook =
  (webhooks: WebhookSender, now: () => Temporal.Instant): Send =>
  ({ rows, recipient, message_id }, stopping) => {
    const [row] = rows
    const { reminder, task, late } = row!.content as ReminderContent
    const data = { reminder, task, late }
    return webhooks.send(
      {
        url: recipient.webhook_url!,
        secret: recipient.webhook_secret!,
        id: message_id.replace(/^<|@.*$/g, ''),
        timestamp: Math.floor(now().epochMilliseconds / 1_000),
        body: JSON.stringify({ type: 'reminder.due', timestamp: row!.created_at, data }),
      },
      stopping,
    )
  }
