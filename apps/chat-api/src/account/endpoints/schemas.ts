import { instant } from '@taskflow/event-contracts'
import { scopes } from '@taskflow/service-kit'
import { text, timeZoneInput } from '@taskflow/tasks'
import { z } from 'zod'

export const userAnswer = z
  .object({
    id: z.uuid(),
    email: z.string(),
    name: z.string(),
    role: z.enum(['user', 'admin']),
    time_zone: z.string(),
    locale: z.string(),
    created_at: instant,
  })
  .meta({ id: 'User' })

/** What people see of their own account. */
export const meAnswer = userAnswer
  .extend({
    has_password: z.boolean().meta({ description: 'false: they sign in with another account, or a passkey' }),
    email_confirmed: z.boolean().meta({ description: 'false: reminders by e-mail are held until you confirm it' }),
    email_suppressed: z.boolean().meta({
      description: 'true: the address was unsubscribed; to have reminders again, confirm it by resend-confirmation',
    }),
  })
  .meta({ id: 'Me' })

export const email = z.string().trim().max(254).pipe(z.email('must be an e-mail address'))

/** A password that is being set. */
export const newPassword = z.string().min(8, 'must be at least 8 characters').max(200, 'must be at most 200 characters')

/** A password that is being checked. */
export const givenPassword = z.string().max(200)

/** What stands for a fresh sign-in. */
export const insteadOfFresh = givenPassword.optional().meta({ description: 'needed 15 minutes after you signed in' })

/** What an account with a password needs, and one without does not have. */
export const ownersPassword = givenPassword
  .optional()
  .meta({ description: 'needed if you have one; without, you must have signed in within 15 minutes' })

const locale = z
  .string()
  .max(35)
  .transform((value, context) => {
    try {
      return Intl.getCanonicalLocales(value)[0] ?? z.NEVER
    } catch {
      context.addIssue('must be a BCP 47 language tag, like en or de-AT')
      return z.NEVER
    }
  })

/** What people may change about themselves. */
export const profile = z.strictObject({ name: text(1, 200), time_zone: timeZoneInput, locale })

export const sessionAnswer = z
  .object({
    id: z.uuid(),
    current: z.boolean().meta({ description: 'the session of this request' }),
    user_agent: z.string().nullable().meta({ description: 'what the program called itself at sign-in' }),
    network: z.string().nullable().meta({ description: 'the network of the last refresh' }),
    created_at: instant,
    last_used_at: instant.meta({ description: 'to ten minutes' }),
    expires_at: instant.meta({ description: 'unless it is refreshed' }),
    ends_at: instant.meta({ description: 'however often it is refreshed' }),
  })
  .meta({ id: 'Session' })

export const apiTokenAnswer = z
  .object({
    id: z.uuid(),
    name: z.string(),
    scopes: z.array(z.enum(scopes)),
    created_at: instant,
    expires_at: instant.nullable(),
    last_used_at: instant.nullable().meta({ description: 'to the minute' }),
  })
  .meta({ id: 'ApiToken' })
