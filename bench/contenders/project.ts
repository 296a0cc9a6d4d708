import { taskCompleted, taskCreated } from '@taskflow/event-contracts'
import {
  appendEvents,
  configReader,
  createBaseDeps,
  createServiceApp,
  environmentPrefix,
  inBatches,
  newEvent,
  type ServiceName,
  type Subscription,
  services,
  subscribe,
} from '@taskflow/service-kit'
import { aTask } from '@taskflow/test-kit'
import pg from 'pg'
import { v7 as uuidv7 } from 'uuid'
import { insertOutbox } from '../outbox.ts'
import type { Contender, ContenderContext } from './contender.ts'

/**
 * (d) This project: the relay of libs/service-kit publishes the rows of an outbox, and its inbox makes one row of each
 * event durable, exactly once. Both are services as in apps/, built by createServiceApp.
 */
export const project: Contender = {
  publisher: async (context) => {
    const { app, deps } = await startService(context, [])
    const admin = new pg.Pool({ connectionString: context.databaseUrl, max: 1 })
    return {
      // One transaction fills the outbox; the clock starts with its commit.
      publishMany: (count, begin) => insertOutbox(admin, { count, topic: context.topic, committing: begin }),
      publishOne: async (stamp) => {
        const task = aTask({ id: uuidv7() })
        const about = { key: task.id, subject: task.id, user_id: task.user_id }
        const event =
          context.topic === 'task-recurrence'
            ? newEvent('task-recurrence', taskCompleted, { ...about, payload: { task, changed: {} } })
            : newEvent('task-events', taskCreated, { ...about, payload: { task } })
        await deps.transaction(async (tx) => {
          await appendEvents(tx, 'tasks', [event])
          stamp(event.id)
        })
      },
      stop: async () => {
        await app.stop()
        await admin.end()
      },
    }
  },

  consumer: async (context, taken) => {
    const { schema } = services[context.service as ServiceName]
    const effect = inBatches(async (events, tx) => {
      const ids = events.map(({ event }) => event.id)
      const tasks = events.map(({ event }) => (event.data as unknown as { task: { id: string; title: string } }).task)
      await tx.$client.query(
        `INSERT INTO ${schema}.bench_effects (event_id, task_id, title)
         SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[])`,
        [ids, tasks.map(({ id }) => id), tasks.map(({ title }) => title)],
      )
      tx.afterCommit.push(() => taken(ids))
    })
    const subscription =
      context.topic === 'task-recurrence'
        ? subscribe('task-recurrence', {
            'task.completed': effect,
            'recurring_task.due': effect,
            'recurring_task.changed': effect,
          })
        : subscribe('task-events', {
            'task.created': effect,
            'task.updated': effect,
            'task.completed': effect,
            'task.reopened': effect,
            'task.deleted': effect,
          })
    const { app } = await startService(context, [subscription])
    return { stop: () => app.stop() }
  },
}

const startService = async (context: ContenderContext, subscriptions: Subscription[]) => {
  const service = context.service as ServiceName
  const prefix = environmentPrefix(service)
  const config = configReader(
    service,
    {},
  )({
    [`${prefix}_PORT`]: String(context.port),
    [`${prefix}_DAPR_HTTP_PORT`]: new URL(context.sidecarUrl).port,
    [`${prefix}_DATABASE_URL`]: context.serviceDatabaseUrl,
    APP_API_TOKEN: context.appApiToken,
    DAPR_API_TOKEN: context.daprApiToken,
    LOG_LEVEL: 'warn',
  })
  const deps = createBaseDeps(config)
  const app = createServiceApp({ deps, subscriptions, loops: [], api: [] })
  await app.listen()
  app.work()
  return { app, deps }
}
