import { api } from '../api/api.ts'
import { ApiProblem } from '../api/problems.ts'
import { carryOut, queryClient } from '../api/query-client.ts'
import type { Recurring } from '../api/types.ts'
import { say, sayError } from '../components/toasts.tsx'

/** Carries a change of a recurring task out and reads the list anew; answers whether it was accepted. */
const change = async (told: string, work: () => Promise<unknown>): Promise<boolean> => {
  try {
    await carryOut(work)
    say(told)
    return true
  } catch (error) {
    sayError(error)
    return false
  } finally {
    void queryClient.invalidateQueries({ queryKey: ['recurring'] })
  }
}

export const pauseRecurring = ({ id, title }: Recurring) =>
  change(`Paused “${title}”`, () => api.post(`/recurring-tasks/${id}/pause`))

export const resumeRecurring = ({ id, title }: Recurring) =>
  change(`“${title}” goes on`, () => api.post(`/recurring-tasks/${id}/resume`))

/** The date is named, so that a repeated request does not skip another one. */
export const skipRecurring = ({ id, title }: Recurring, date: string) =>
  change(`Skipped a date of “${title}”`, () => api.post(`/recurring-tasks/${id}/skip`, { date }))

export const deleteRecurring = ({ id, title }: Recurring, openTasks: 'delete' | 'keep') =>
  change(`Deleted “${title}”`, async () => {
    try {
      await api.delete(`/recurring-tasks/${id}?open_tasks=${openTasks}`)
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 404) throw error
    }
  })

export const saveRecurring = (recurring: Recurring | undefined, fields: object, key: string): Promise<boolean> =>
  recurring
    ? change(`Changed “${recurring.title}”`, () => api.patch(`/recurring-tasks/${recurring.id}`, fields))
    : change('Created', () => api.post('/recurring-tasks', fields, { headers: { 'idempotency-key': key } }))
