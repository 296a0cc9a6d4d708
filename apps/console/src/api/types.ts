import type { infer as Infer } from 'zod'
import type { apiTokenAnswer, userAnswer } from '../../../chat-api/src/account/endpoints/schemas.ts'
import type { signedInAnswer } from '../../../chat-api/src/account/endpoints/signed-in.ts'
import type { recurringTask, recurringTaskAnswer } from '../../../chat-api/src/tasks/recurring/recurring-answer.ts'
import type { auditRecord } from '../../../chat-api/src/http/schemas.ts'

/**
 * What the interface takes and answers, as its own schemas say: nothing of it is typed again. Types only, so nothing of
 * the services comes into the page.
 */
export type { Preferences, PreferencesPatch } from '@taskflow/database'
export type { Reminder, Task } from '@taskflow/event-contracts'
export type { QuickTask, Understood } from '@taskflow/quick-add'
export type { TaskPatch } from '@taskflow/tasks'

export type User = Infer<typeof userAnswer>
export type SignedIn = Infer<typeof signedInAnswer>
export type ApiToken = Infer<typeof apiTokenAnswer>
export type Recurring = Infer<typeof recurringTask>
export type RecurringDetails = Infer<typeof recurringTaskAnswer>
export type AuditRecord = Infer<typeof auditRecord>

export interface Page<Item> {
  data: Item[]
  next_cursor: string | null
}

/** The answer of POST /recurrence/preview. */
export interface Preview {
  description: string
  occurrences: { local: string; utc: string }[]
}
