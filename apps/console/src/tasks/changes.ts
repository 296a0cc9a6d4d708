import { api, bodyOf } from '../api/api.ts'
import type { Task, TaskPatch } from '../api/openapi.d.ts'
import { ApiProblem } from '../api/problems.ts'
import { carryOut } from '../api/query-client.ts'
import { say, sayError } from '../components/toasts.tsx'
import { askAboutSeries, type SeriesChoice } from './delete-question.tsx'
import { type Overlay, taskStore } from './task-store.ts'

/**
 * Every change of a task. Each is shown at once, sent in its turn (when offline: later) and taken back when it is
 * refused.
 */
const change = async (
  tasks: readonly Task[],
  overlay: Overlay,
  work: () => Promise<Task[] | 'gone'>,
): Promise<boolean> => {
  const ids = tasks.map(({ id }) => id)
  const uncover = taskStore.overlay(ids, overlay)
  try {
    const answer = await carryOut(work)
    if (answer === 'gone') for (const id of ids) taskStore.remove(id)
    else taskStore.apply(answer)
    return true
  } catch (error) {
    sayError(error)
    return false
  } finally {
    uncover()
  }
}

/** A task as a change left it. */
type Changed = ReturnType<typeof api.POST<'/tasks/{id}/complete', { params: { path: { id: string } } }>>

const changed = async (answer: Changed): Promise<Task[]> => {
  const task = await bodyOf(answer)
  return task ? [task] : []
}

const act =
  (action: 'complete' | 'reopen', { id }: Task) =>
  async (): Promise<Task[]> =>
    changed(api.POST(`/tasks/{id}/${action}`, { params: { path: { id } } }))

const quoted = ({ title }: Task) => `“${title.length > 40 ? `${title.slice(0, 39)}…` : title}”`

const completeTask = async (task: Task): Promise<void> => {
  const done = { is_completed: true, completed_at: new Date().toISOString() }
  const completed = change([task], done, act('complete', task))
  say(`Completed ${quoted(task)}`, { label: 'Undo', act: () => void reopenTask(task) })
  await completed
}

const reopenTask = async (task: Task): Promise<void> => {
  await change([task], { is_completed: false, completed_at: null }, act('reopen', task))
}

export const toggleTask = (task: Task): Promise<void> => (task.is_completed ? reopenTask(task) : completeTask(task))

/** Deletes a task, after asking what becomes of its series if it repeats. `then` runs when it is deleted. */
export const deleteTask = (task: Task, then?: () => void): void =>
  askAboutSeries([task], (series) => {
    void change([task], { is_hidden: true }, async () => {
      const params = { path: { id: task.id }, query: series ? { series } : {} }
      await api.DELETE('/tasks/{id}', { params }).catch(isGone)
      return 'gone'
    })
    say(`Deleted ${quoted(task)}`, { label: 'Undo', act: () => inParts([task], { action: 'restore' }) })
    then?.()
  })

/** Deletes many tasks; the question about series is for all that repeat. */
export const deleteMany = (tasks: readonly Task[], then: () => void): void =>
  askAboutSeries(tasks, (series) => {
    changeMany(tasks, { action: 'delete', ...(series ? { series } : {}) }, 'Deleted')
    then()
  })

/** A task that is gone already counts as deleted. */
const isGone = (error: unknown) => {
  if (!(error instanceof ApiProblem) || error.status !== 404) throw error
}

/** Changes fields of a task. Returns whether the change was accepted. */
export const updateTask = (task: Task, patch: TaskPatch, scope?: 'this' | 'following' | 'all'): Promise<boolean> => {
  const { reminders: _, ...shown } = patch
  const params = { path: { id: task.id }, query: scope ? { scope } : {} }
  return change([task], shown, () => changed(api.PATCH('/tasks/{id}', { params, body: patch })))
}

/** Moves a recurring task to its next date. With its version, so that a repeated request does not move it twice. */
export const skipTask = async (task: Task): Promise<void> => {
  await change([task], {}, async () => {
    const path = { id: task.id }
    try {
      const header = { 'If-Match': `"${task.version}"` }
      const moved = await bodyOf(api.POST('/tasks/{id}/skip', { params: { path, header } }))
      return moved ? [moved] : 'gone'
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 412)
        return [await bodyOf(api.GET('/tasks/{id}', { params: { path } }))]
      throw error
    }
  })
  say(`Skipped to the next date of ${quoted(task)}`)
}

export const snoozeReminder = async (task: Task, reminder_id: string, until: { for: string } | { until: string }) => {
  const params = { path: { id: task.id, reminder_id } }
  const snooze = () => bodyOf(api.POST('/tasks/{id}/reminders/{reminder_id}/snooze', { params, body: until }))
  if (await change([task], {}, async () => [await snooze()])) say('Reminder put off')
}

export const dismissReminder = (task: Task, reminder_id: string): Promise<boolean> => {
  const params = { path: { id: task.id, reminder_id } }
  const dismiss = () => bodyOf(api.POST('/tasks/{id}/reminders/{reminder_id}/dismiss', { params }))
  return change([task], {}, async () => [await dismiss()])
}

const maxAtOnce = 100

type Operation =
  | { action: 'complete' | 'reopen' | 'restore' }
  | { action: 'delete'; series?: SeriesChoice }
  | { action: 'update'; changes: TaskPatch }

/** Does the same to many tasks. Those that are refused stay as they were, and a message says how many. */
export const changeMany = (tasks: readonly Task[], operation: Operation, message: string): void => {
  inParts(tasks, operation)
  const undo = opposite[operation.action]
  say(
    `${message} ${tasks.length} ${tasks.length === 1 ? 'task' : 'tasks'}`,
    undo && { label: 'Undo', act: () => inParts(tasks, { action: undo }) },
  )
}

const opposite: Partial<Record<Operation['action'], 'reopen' | 'restore'>> = { complete: 'reopen', delete: 'restore' }

const inParts = (tasks: readonly Task[], operation: Operation): void => {
  for (let from = 0; from < tasks.length; from += maxAtOnce)
    void changePart(tasks.slice(from, from + maxAtOnce), operation)
}

const changePart = async (tasks: readonly Task[], operation: Operation): Promise<void> => {
  const operations = tasks.map(({ id }) => ({ ...operation, id }))
  const header = { 'Idempotency-Key': crypto.randomUUID() }
  await change(tasks, overlayOf(operation), async () => {
    const { results } = await bodyOf(api.POST('/tasks/bulk', { params: { header }, body: { operations } }))
    results.forEach(({ status }, index) => {
      if (operation.action === 'delete' && (status === 204 || status === 404)) taskStore.remove(tasks[index]!.id)
    })
    const refused = results.filter(({ status }) => status >= 400 && status !== 404)
    if (refused.length > 0) say(`${refused.length} were refused: ${refused[0]!.problem?.detail}`)
    return results.flatMap(({ task }) => task ?? [])
  })
}

const overlayOf = (operation: Operation): Overlay => {
  switch (operation.action) {
    case 'complete':
      return { is_completed: true, completed_at: new Date().toISOString() }
    case 'reopen':
      return { is_completed: false, completed_at: null }
    case 'delete':
      return { is_hidden: true }
    case 'restore':
      return {}
    case 'update': {
      const { reminders: _, ...shown } = operation.changes
      return shown
    }
  }
}
