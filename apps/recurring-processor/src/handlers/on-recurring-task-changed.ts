import type { recurringTaskChanged } from '@taskflow/event-contracts'
import type { Handler } from '@taskflow/service-kit'
import type { Deps } from '../deps.ts'

/** A schedule has changed: it is read from the database, only the timer is set again. */
export const onRecurringTaskChanged =
  ({ dueSeries }: Pick<Deps, 'dueSeries'>): Handler<typeof recurringTaskChanged> =>
  async ({ recurring_task }, tx) => {
    if (recurring_task.mode === 'on_schedule' && recurring_task.is_active) tx.afterCommit.push(dueSeries.wake)
  }
