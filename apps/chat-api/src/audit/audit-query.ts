import { type Principal, requireScope } from '@taskflow/service-kit'
import { instantInput, text } from '@taskflow/tasks'
import { z } from 'zod'

/** Whose records: one's own by default; an operator may ask for another user's, or all. */
export const whose = { user_id: z.union([z.uuid(), z.literal('all')]).optional() }

/** Which records. Times are those of the events: `from` belongs to the span, `to` does not. */
export const auditFilter = {
  ...whose,
  task_id: z.uuid().optional(),
  type: text(1, 100).optional(),
  correlation_id: text(1, 200).optional(),
  from: instantInput.optional(),
  to: instantInput.optional(),
}

/** The query for audit-logger: about one user, or all. Problem 403 when the caller may not ask. */
export const auditSearch = (
  user: Principal,
  { user_id, ...query }: { user_id?: string | undefined; [name: string]: unknown },
): URLSearchParams => {
  if (user_id !== undefined && user_id !== user.user_id) requireScope(user, 'admin')
  const about = user_id === 'all' ? {} : { user_id: user_id ?? user.user_id }
  const given = Object.entries({ ...query, ...about }).filter(([, value]) => value !== undefined)
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)]))
}
