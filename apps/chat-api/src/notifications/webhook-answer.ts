import type { webhooks } from '@taskflow/database'
import { instant, type WebhookPorts, whyNotPostedTo } from '@taskflow/event-contracts'
import { z } from 'zod'

/** A webhook as it is shown: its secret is returned once, when it is made. */
export const webhookAnswer = z
  .object({
    url: z.string(),
    created_at: instant,
    verified_at: instant.nullable().meta({ description: 'when it repeated a challenge; until then nothing is posted' }),
    state: z.enum(['unverified', 'verified', 'not_allowed']),
    problem: z.string().nullable().meta({ description: 'why nothing is posted, and what to do' }),
  })
  .meta({ id: 'Webhook' })

/** Shows a webhook. One that was registered before another setting of ports may have a URL that is not allowed now. */
export const showWebhook = (
  { url, created_at, verified_at }: Pick<typeof webhooks.$inferSelect, 'url' | 'created_at' | 'verified_at'>,
  ports: WebhookPorts,
): z.infer<typeof webhookAnswer> => {
  const webhook = { url, created_at, verified_at }
  const notAllowed = whyNotPostedTo(url, ports)
  if (notAllowed) return { ...webhook, state: 'not_allowed', problem: `it ${notAllowed}: register another` }
  if (verified_at !== null) return { ...webhook, state: 'verified', problem: null }
  return { ...webhook, state: 'unverified', problem: 'its receiver has to repeat a challenge: verify it' }
}
