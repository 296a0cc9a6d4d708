import type { AuditRecord } from '../api/openapi.d.ts'

const sentences: Record<string, string> = {
  signed_in: 'Signed in',
  sign_in_failed: 'Sign-in failed',
  signed_out: 'Signed out',
  sessions_ended: 'Sessions ended',
  refresh_token_reused: 'A session was ended: its token was used twice',
  confirmation_failed: 'Wrong password for a change of the account',
  password_changed: 'Password changed',
  password_reset_requested: 'Password reset requested',
  password_reset: 'Password reset',
  email_confirmed: 'E-mail address confirmed',
  email_change_requested: 'Change of the e-mail address requested',
  email_changed: 'E-mail address changed',
  second_factor_added: 'Second factor added',
  second_factor_removed: 'Second factor removed',
  second_factor_failed: 'Wrong code of the second factor',
  recovery_codes_created: 'Recovery codes created',
  recovery_code_used: 'Recovery code used',
  passkey_added: 'Passkey added',
  passkey_removed: 'Passkey removed',
  trusted_device_added: 'Trusted device added',
  trusted_device_removed: 'Trusted device removed',
  identity_linked: 'Account of another provider linked',
  identity_unlinked: 'Account of another provider unlinked',
  app_connected: 'App connected',
  app_disconnected: 'App disconnected',
  api_token_created: 'API token created',
  api_token_revoked: 'API token revoked',
  role_granted: 'Admin role given',
  role_revoked: 'Admin role taken back',
  account_suspended: 'Account suspended',
  account_reinstated: 'Account reinstated',
  calendar_feed_created: 'Calendar address created',
  calendar_feed_replaced: 'Calendar address replaced',
  calendar_feed_deleted: 'Calendar address deleted',
  webhook_set: 'Webhook set',
  webhook_confirmed: 'Webhook confirmed',
  webhook_deleted: 'Webhook deleted',
  address_unsubscribed: 'E-mail turned off by the link in a mail',
  data_exported: 'Data exported',
}

/** What the owner should look at. */
const warnings = new Set(['sign_in_failed', 'confirmation_failed', 'second_factor_failed', 'refresh_token_reused'])

const actors: Record<string, string> = {
  api_token: 'by an API token',
  app: 'by an app',
  operator: 'by an operator',
  system: 'automatically',
}

const changedFields: Record<string, string> = {
  time_zone: 'Time zone',
  locale: 'Language',
  preferences: 'Notifications',
}

interface AccountData {
  action?: string
  actor?: string
  user_agent?: string | null
  details?: Record<string, unknown>
  changed?: Record<string, unknown>
}

export interface DescribedAct {
  title: string
  /** More about it, such as the name of a token. */
  details: string
  isWarning: boolean
  userAgent: string | null | undefined
}

/** A record about an account in words. */
export const describeAct = ({ type, data }: Pick<AuditRecord, 'type' | 'data'>): DescribedAct => {
  const { action = '', actor = '', user_agent: userAgent, details = {}, changed = {} } = (data ?? {}) as AccountData
  const about = (title: string, more: (string | undefined)[], isWarning = false): DescribedAct => ({
    title,
    details: more.filter(Boolean).join(', '),
    isWarning,
    userAgent,
  })
  if (type === 'user.created') return about('Account created', [])
  if (type === 'user.updated') {
    const fields = Object.keys(changed).map((field) => changedFields[field] ?? field)
    return about('Settings changed', fields)
  }
  if (type !== 'account.acted') return about(type, [])
  // An action of a newer release has no sentence yet.
  const title = sentences[action] ?? action.replaceAll('_', ' ')
  return about(title, [...describeDetails(details), actors[actor]], warnings.has(action))
}

const describeDetails = ({
  name,
  app,
  host,
  what,
  count,
  networks,
  ended_sessions: ended,
}: Record<string, unknown>) => [
  typeof name === 'string' ? name : undefined,
  typeof app === 'string' ? app : undefined,
  typeof host === 'string' ? host : undefined,
  typeof what === 'string' ? what : undefined,
  typeof count === 'number' && count > 1 ? `${count} times` : undefined,
  networks === 'many' ? 'from many networks' : undefined,
  typeof ended === 'number' && ended > 0 ? `${ended} other ${ended === 1 ? 'session' : 'sessions'} ended` : undefined,
]
