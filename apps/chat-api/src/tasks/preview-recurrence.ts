import { endpoint } from '@taskflow/service-kit'
import { explainRecurrence, preview, previewInput } from './explain-recurrence.ts'

/** What a rule means, before a task is made of it. */
export const previewRecurrence = () =>
  endpoint({
    method: 'post',
    path: '/api/v1/recurrence/preview',
    summary: 'Show the next dates of a rule, and the rule as a sentence',
    access: 'user',
    scope: 'tasks:read',
    body: previewInput,
    example: { rule: 'FREQ=MONTHLY;BYMONTHDAY=-1', start: '2030-01-31T09:00:00', time_zone: 'Europe/Berlin', count: 3 },
    answers: { 200: preview.meta({ id: 'RecurrencePreview' }) },
    handle: async ({ body }) => ({ status: 200, body: explainRecurrence(body) }),
  })
