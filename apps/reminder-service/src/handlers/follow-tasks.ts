import type { Task } from '@taskflow/event-contracts'
import { inBatches } from '@taskflow/service-kit'
import type { Deps } from '../deps.ts'
import { applyTasks } from '../domain/projection.ts'

/** Updates the schedule after any change of tasks, and resets the timer. */
export const followTasks = ({ catchUp, dueReminders }: Deps) =>
  inBatches(async (events, tx) => {
    const states = events.map(({ event, traceparent = event.traceparent }) => ({
      task: (event.data as unknown as { task: Task }).task,
      isDeleted: event.type === 'task.deleted',
      traceparent,
    }))
    tx.afterCommit.push(() => catchUp.note(events.map(({ event }) => event)))
    if (await applyTasks(tx, states)) tx.afterCommit.push(dueReminders.wake)
  })
