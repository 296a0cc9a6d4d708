import type { TestContext } from 'node:test'
import { type Clock, createDatabase, createPool, createTransaction } from '@taskflow/service-kit'
import { completeTask, createTask, listTasks, newTaskInput } from '@taskflow/tasks'
import { fakeClock } from '@taskflow/test-kit'
import type { Deps } from '../src/deps.ts'
import { startRecurringProcessor } from './start-recurring-processor.ts'

export const user_id = '0198c7a5-5f3e-7000-8000-000000000001'

/** The service and chat-api's operations on one database: tasks are created and completed as a user would. */
export const startWithUser = (t: TestContext, now: string, overrides: Partial<Deps> = {}) =>
  startWithClock(t, fakeClock(now), overrides)

export const startWithClock = async <C extends Clock>(t: TestContext, clock: C, overrides: Partial<Deps> = {}) => {
  const service = await startRecurringProcessor(t, { clock, ...overrides })
  const databaseUrl = service.database.urlFor('chat-api')
  const pool = createPool({ databaseUrl, size: 2, application: 'test', log: service.deps.log })
  t.after(() => pool.end())
  const transaction = createTransaction({ pool, clock, service: 'chat-api', wake: () => {} })
  /** All tasks of the user, by occurrence. */
  const tasks = async () => {
    const { data } = await listTasks(
      createDatabase(pool),
      user_id,
      {},
      { sort: 'created_at', limit: 100, now: clock.now() },
    )
    return data.toSorted((a, b) => a.occurrence! - b.occurrence!)
  }
  return {
    clock,
    service,
    transaction,
    tasks,
    dueDates: async () => (await tasks()).map((task) => task.due_date),
    create: (input: object) => {
      const task = newTaskInput.parse({ title: 'Pay rent', ...input })
      return transaction((tx) => createTask(tx, { user_id, time_zone: 'UTC' }, task))
    },
    complete: (id: string) => transaction((tx) => completeTask(tx, user_id, id)),
  }
}
