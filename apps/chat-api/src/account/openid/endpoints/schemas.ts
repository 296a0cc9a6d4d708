import { instant } from '@taskflow/event-contracts'
import { z } from 'zod'

export const path = '/api/v1/auth/openid'

export const providerId = z.string().max(40).meta({ description: 'of GET /api/v1/auth/openid/providers' })

/** The query with which the provider sent the browser back to the page. */
export const response = z
  .string()
  .max(8_000)
  .transform((text) => new URLSearchParams(text))
  .meta({ description: 'the query with which the provider sent the browser back: code=...&state=...' })

export const begunAnswer = z
  .object({ url: z.string().meta({ description: 'where to send the browser' }) })
  .meta({ id: 'BegunAtProvider' })

export const linkAnswer = z
  .object({
    id: z.uuid(),
    name: z.string().meta({ description: 'of the provider' }),
    email: z.string().nullable().meta({ description: 'as the provider gave it when it was linked' }),
    created_at: instant,
    last_used_at: instant.nullable(),
  })
  .meta({ id: 'LinkedAccount' })
