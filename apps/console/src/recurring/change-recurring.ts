import { api, bodyOf } from '../api/api.ts'
import type { NewRecurringTask, RecurringTask } from '../api/openapi.d.ts'
import { ApiProblem } from '../api/problems.ts'
import { carryOut, queryClient } from '../api/query-client.ts'
import { say, sayError } from '../components/toasts.tsx'

/** Sends a change of a recurring task, says what is noted on it and reads the list again. Returns whether it was accepted. */
const change = async (message: string, work: () => Promise<unknown>): Promise<boolean> => {
  try {
    const notes = await carryOut(work)
    say([message, ...(Array.isArray(notes) ? notes : [])].join('. '))
    return true
  } catch (error) {
    sayError(error)
    return false
  } finally {
    void queryClient.invalidateQueries({ queryKey: ['recurring'] })
  }
}

export const pauseRecurring = ({ id, title }: RecurringTask) =>
  change(`Paused “${title}”`, () => api.POST('/recurring-tasks/{id}/pause', { params: { path: { id } } }))

export const resumeRecurring = ({ id, title }: RecurringTask) =>
  change(`“${title}” goes on`, () => api.POST('/recurring-tasks/{id}/resume', { params: { path: { id } } }))

/** The date is named, so that a repeated request does not skip another one. */
export const skipRecurring = ({ id, title }: RecurringTask, date: string) =>
  change(`Skipped a date of “${title}”`, () =>
    api.POST('/recurring-tasks/{id}/skip', { params: { path: { id } }, body: { date } }),
  )

export const deleteRecurring = ({ id, title }: RecurringTask, openTasks: 'delete' | 'keep') =>
  change(`Deleted “${title}”`, async () => {
    try {
      await api.DELETE('/recurring-tasks/{id}', { params: { path: { id }, query: { open_tasks: openTasks } } })
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 404) throw error
    }
  })

export const saveRecurring = (recurring: RecurringTask | undefined, body: NewRecurringTask, key: string) => {
  if (!recurring) {
    const params = { header: { 'Idempotency-Key': key } }
    return change('Created', async () => (await bodyOf(api.POST('/recurring-tasks', { params, body })))?.notes)
  }
  const params = { path: { id: recurring.id } }
  return change(`Changed “${recurring.title}”`, () => api.PATCH('/recurring-tasks/{id}', { params, body }))
}
