import { instant } from '@taskflow/event-contracts'
import { z } from 'zod'
import { toolScopes } from '../app-scopes.ts'

const scopes = z.array(z.enum(toolScopes))
const host = z.string().meta({ description: 'where the app is sent back to: a host, or the scheme of a program' })

export const consentParams = z.object({ uid: z.string().max(100) })

export const consentAnswer = z
  .object({
    uid: z.string(),
    name: z.string(),
    host,
    publisher: z.string().nullable().meta({ description: 'the host that vouches for the name; null when none does' }),
    is_local: z.boolean().meta({ description: 'the app is a program on the machine of the person' }),
    scopes,
    lasts_days: z.int().meta({ description: 'after so many days the person is asked again' }),
  })
  .meta({ id: 'Consent' })

/** Every app reads: /mcp needs that scope. */
export const decision = z
  .strictObject({
    scopes: scopes
      .transform((chosen) => [...new Set(chosen)])
      .refine((chosen) => chosen.length === 0 || chosen.includes('tasks:read'), 'must include tasks:read, or be empty')
      .meta({ description: 'what the app may do; empty: nothing, the request is refused' }),
  })
  .meta({ id: 'ConsentDecision' })

export const decisionAnswer = z.object({ redirect_to: z.url() }).meta({ id: 'ConsentDecided' })

export const appAnswer = z
  .object({
    id: z.string(),
    name: z.string(),
    host,
    scopes,
    connected_at: instant,
    last_used_at: instant.nullable().meta({ description: 'when it last fetched an access token' }),
  })
  .meta({ id: 'ConnectedApp' })
