import type { Task } from '@taskflow/event-contracts'
import { type BaseDeps, createLoop, type Loop, rootOrigin } from '@taskflow/service-kit'
import { findBehind, type TaskVersion } from '../domain/find-behind.ts'
import { applyTasks, withoutForgotten } from '../domain/projection.ts'
import type { ReminderMetrics } from '../metrics.ts'

/** Tasks that one step looks at, the most that it corrects, and those that fit into one answer. */
const page = 500
const most = 100
const perAnswer = 20
/** Milliseconds between steps (four million tasks a day), after a pass over all tasks, and when chat-api is away. */
const pace = 10_000
const interval = 3_600_000
const retryDelay = 60_000

/**
 * Compares the schedule with the tasks of chat-api, page by page, and applies those whose events never arrived: they
 * were parked, discarded or are older than Kafka keeps. Any number of replicas may run it: only a newer version is
 * applied.
 */
export const reconcileTasks = (
  deps: Pick<BaseDeps, 'sidecar' | 'pool' | 'transaction' | 'log'> &
    Pick<ReminderMetrics, 'reconciled'> & { dueReminders: Pick<Loop, 'wake'> },
): Loop => {
  const { sidecar, pool, transaction, log, reconciled, dueReminders } = deps
  let after: string | undefined

  const correct = async (ids: string[]): Promise<void> => {
    const origin = rootOrigin()
    const { data } = await sidecar.invoke<{ data: { task: Task; is_deleted: boolean }[] }>(
      'chat-api',
      `/operator/tasks?ids=${ids.join(',')}`,
      origin,
    )
    const states = data.map(({ task, is_deleted }) => ({ task, isDeleted: is_deleted, ...origin }))
    await transaction(async (tx) => {
      if (await applyTasks(tx, await withoutForgotten(tx, states))) tx.afterCommit.push(dueReminders.wake)
    }, origin)
    reconciled.inc(states.length)
    log.warn('the schedule was behind these tasks; their events were never handled', { task_ids: ids })
  }

  return createLoop({
    name: 'reconciliation of tasks',
    maxWait: interval,
    onError: (error) => log.warn('the schedule could not be compared with the tasks', { error }),
    step: async (signal) => {
      const from = after === undefined ? '' : `&after=${after}`
      try {
        const { data, last } = await sidecar.invoke<{ data: TaskVersion[]; last: string | null }>(
          'chat-api',
          `/operator/task-versions?limit=${page}${from}`,
          rootOrigin(),
        )
        const behind = await findBehind(pool, data)
        for (let first = 0; first < Math.min(behind.length, most) && !signal.aborted; first += perAnswer)
          await correct(behind.slice(first, first + perAnswer))
        after = behind.length > most ? behind[most - 1] : (last ?? undefined)
        return after === undefined ? interval : pace
      } catch (error) {
        log.info('the schedule cannot be compared with the tasks just now', { error })
        return retryDelay
      }
    },
  })
}
