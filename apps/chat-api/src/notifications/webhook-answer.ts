import { instant } from '@taskflow/event-contracts'
import { z } from 'zod'

/** A webhook as it is shown: its secret is returned once, when it is made. */
export const webhookAnswer = z.object({ url: z.string(), created_at: instant }).meta({ id: 'Webhook' })
