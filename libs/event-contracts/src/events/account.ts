import { z } from 'zod'
import { defineEvent } from '../define-event.ts'

/** What can happen to an account that its owner must be able to see. The profile has `user.updated`. */
const accountAction = z.enum([
  'signed_in',
  'sign_in_failed',
  'signed_out',
  'sessions_ended',
  'refresh_token_reused',
  'confirmation_failed',
  'password_changed',
  'password_reset_requested',
  'password_reset',
  'email_confirmed',
  'email_change_requested',
  'email_changed',
  'second_factor_added',
  'second_factor_removed',
  'second_factor_failed',
  'recovery_codes_created',
  'recovery_code_used',
  'passkey_added',
  'passkey_removed',
  'trusted_device_added',
  'trusted_device_removed',
  'identity_linked',
  'identity_unlinked',
  'app_connected',
  'app_disconnected',
  'api_token_created',
  'api_token_revoked',
  'role_granted',
  'role_revoked',
  'account_suspended',
  'account_reinstated',
  'calendar_feed_created',
  'calendar_feed_replaced',
  'calendar_feed_deleted',
  'webhook_set',
  'webhook_confirmed',
  'webhook_deleted',
  'address_unsubscribed',
  'data_exported',
])
export type AccountAction = z.infer<typeof accountAction>

/** Who did it. `anyone`: somebody who was not signed in. */
const accountActor = z.enum(['person', 'api_token', 'app', 'operator', 'system', 'anyone'])
export type AccountActor = z.infer<typeof accountActor>

/**
 * Something happened to an account; `user_id` is its owner. For the audit log only. The network address is the event's
 * `clientaddress`.
 */
export const accountActed = defineEvent(
  'account.acted',
  '2.1',
  z.object({
    action: accountAction,
    actor: accountActor,
    user_agent: z.string().nullable().meta({ description: 'as the client named itself, shortened' }),
    details: z.record(z.string(), z.json()).meta({ description: 'small facts by name, such as the name of a token' }),
  }),
  { '2.0': (data) => ({ ...data, schema_version: '2.1' }) },
)
