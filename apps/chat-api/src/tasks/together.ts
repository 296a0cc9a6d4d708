import { Problem, type Tx } from '@taskflow/service-kit'
import { lockTogether } from '@taskflow/tasks'

const attempts = 3

/**
 * Several changes of one user in one transaction. What they change is locked beforehand in one order for all. Should they
 * be in each other's way with the batches of another service all the same, nothing was written yet, and all is done again.
 */
export const together = async <Done>(
  transaction: (work: (tx: Tx) => Promise<Done>) => Promise<Done>,
  user_id: string,
  ids: string[],
  work: (tx: Tx) => Promise<Done>,
): Promise<Done> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction(async (tx) => {
        await lockTogether(tx, user_id, ids)
        return work(tx)
      })
    } catch (error) {
      if (attempt === attempts || !isDeadlock(error)) throw error
    }
  }
}

/** One of several changes: what is refused is undone alone. */
export const inSavepoint = async <Done>(tx: Tx, work: () => Promise<Done>): Promise<Done | Problem> => {
  await tx.$client.query('SAVEPOINT one')
  try {
    const done = await work()
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
