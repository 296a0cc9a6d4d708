import { type EventType, topics } from '@taskflow/event-contracts'
import { invalid, type Principal, requireScope } from '@taskflow/service-kit'
import { instantInput, text } from '@taskflow/tasks'
import { z } from 'zod'

/** Whose records: one's own by default; an operator may ask for another user's, or all. */
export const whose = { user_id: z.union([z.uuid(), z.literal('all')]).optional() }

/** Which records. Times are those of the events: `from` belongs to the span, `to` does not. */
export const auditFilter = {
  ...whose,
  task_id: z.uuid().optional(),
  type: text(1, 100).optional(),
  about: z
    .enum(['account', 'tasks'])
    .optional()
    .meta({ description: 'account: sign-ins and changes of the account; tasks: all that happens to tasks' }),
  correlation_id: text(1, 200).optional(),
  from: instantInput.optional(),
  to: instantInput.optional(),
}

const ofAccounts: readonly string[] = topics['user-events'].events.map(({ type }) => type)
const ofTasks = [
  ...new Set(Object.values(topics).flatMap(({ events }) => events.map(({ type }): EventType => type as EventType))),
].filter((type) => !ofAccounts.includes(type))

/** What `about` selects. What an admin did with the role is about neither. */
const typesAbout: Record<'account' | 'tasks', readonly string[]> = {
  account: ofAccounts.filter((type) => type !== 'admin.acted'),
  tasks: ofTasks,
}

interface AuditSearch {
  user_id?: string | undefined
  type?: string | undefined
  about?: 'account' | 'tasks' | undefined
  [name: string]: unknown
}

/**
 * The query for audit-logger: about one user, or all. Without a scope for accounts, only what happens to tasks. Problem
 * 403 when the caller may not ask.
 */
export const auditSearch = (user: Principal, { user_id, type, about, ...query }: AuditSearch): URLSearchParams => {
  if (user_id !== undefined && user_id !== user.user_id) requireScope(user, 'admin')
  if (type !== undefined && about !== undefined) throw invalid('about', 'cannot be combined with type; give one')
  const wanted = type === undefined ? about && typesAbout[about] : [type]
  const types = wanted ?? (mayReadAccount(user) ? [] : ofTasks)
  if (!mayReadAccount(user) && types.some((each) => !ofTasks.includes(each as EventType)))
    requireScope(user, 'account:read')
  const whom = user_id === 'all' ? {} : { user_id: user_id ?? user.user_id }
  const given = Object.entries({ ...query, ...whom }).filter(([, value]) => value !== undefined)
  return new URLSearchParams([
    ...given.map(([name, value]) => [name, String(value)]),
    ...types.map((each) => ['type', each]),
  ])
}

const mayReadAccount = ({ scopes }: Principal): boolean =>
  scopes.some((scope) => scope === 'account:read' || scope === 'account:write' || scope === 'admin')
