import { type WebhookPorts, whyNotPostedTo } from '@taskflow/event-contracts'
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
  (webhooks: WebhookSender, ports: WebhookPorts, now: () => Temporal.Instant): Send =>
  async ({ rows, recipient, message_id }, stopping) => {
    // Registered before this was required, or under another setting.
    const problem = whyNotPostedTo(recipient.webhook_url!, ports)
    if (problem) return { result: 'refused', reason: `the webhook ${problem}: register another` }
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
