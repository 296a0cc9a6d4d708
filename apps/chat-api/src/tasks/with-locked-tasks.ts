import { Problem, type Tx } from '@taskflow/service-kit'
import { lockTogether, requireWithinQuotas } from '@taskflow/tasks'

const maxAttempts = 3

/**
 * One transaction for several changes of a user. The tasks that they change are locked first, in the order that all
 * such transactions keep. After a deadlock with another service's batch nothing is written yet, and the work is done
 * again.
 */
export const withLockedTasks = async <Done>(
  transaction: (work: (tx: Tx) => Promise<Done>) => Promise<Done>,
  user_id: string,
  task_ids: string[],
  work: (tx: Tx) => Promise<Done>,
): Promise<Done> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction(async (tx) => {
        await lockTogether(tx, user_id, task_ids)
        return work(tx)
      })
    } catch (error) {
      if (attempt === maxAttempts || !isDeadlock(error)) throw error
    }
  }
}

/** Makes one of several changes: one that is refused is rolled back alone, and its problem is returned. */
export const inSavepoint = async <Done>(tx: Tx, work: () => Promise<Done>): Promise<Done | Problem> => {
  await tx.$client.query('SAVEPOINT one')
  try {
    const done = await work()
    await requireWithinQuotas(tx)
    await tx.$client.query('RELEASE SAVEPOINT one')
    return done
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    await tx.$client.query('ROLLBACK TO SAVEPOINT one')
    return error
  }
}

/** PostgreSQL error code deadlock_detected; drizzle wraps errors of the database. */
const isDeadlock = (error: unknown): boolean =>
  error instanceof Error && (('code' in error && error.code === '40P01') || isDeadlock(error.cause))
