import type { recurringTaskChanged } from '@taskflow/event-contracts'
import type { Handler } from '@taskflow/service-kit'
import type { Deps } from '../deps.ts'

/** A schedule has changed: schedules are read where they are kept, only the timer is armed anew. */
export const onRecurringTaskChanged =
  ({ dueSeries }: Pick<Deps, 'dueSeries'>): Handler<typeof recurringTaskChanged> =>
  async ({ recurring_task }, tx) => {
    if (recurring_task.mode === 'on_schedule' && recurring_task.is_active) tx.afterCommit.push(dueSeries.wake)
  }
