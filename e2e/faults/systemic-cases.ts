import { setTimeout as delay } from 'node:timers/promises'
import { type ServiceName, serviceNames, services } from '@taskflow/service-kit'
import { eventuallyWithin } from '@taskflow/test-kit'
import { withClient } from './checks.ts'
import type { FaultCase } from './fault-case.ts'
import type { FaultMesh } from './fault-mesh.ts'
import { person, sabotage, sql } from './helpers.ts'

const eventually = eventuallyWithin(60)

const checksOf = async (mesh: FaultMesh, name: ServiceName): Promise<Record<string, string>> => {
  const answer = await fetch(`${mesh.members[name].url}/readyz`).catch(() => undefined)
  return answer ? ((await answer.json()) as { checks: Record<string, string> }).checks : {}
}

/** Events that are parked, of all services. */
const parked = async (mesh: FaultMesh): Promise<number> => {
  const counts = serviceNames.map(
    (name) => `(SELECT count(*) FROM ${services[name].schema}.inbox WHERE state = 'parked')`,
  )
  return Number((await sql(mesh, `SELECT ${counts.join(' + ')} AS count`)).rows[0].count)
}

/** reminder-service is at fault for longer than its events would be retried: they wait in Kafka, none is parked. */
const whilePaused = async (mesh: FaultMesh, seconds: number, inject: () => Promise<() => Promise<unknown>>) => {
  const before = await parked(mesh)
  const repair = await inject()
  try {
    await eventually('reminder-service has paused the subscription', async () =>
      /task-events is paused by the service/.test((await checksOf(mesh, 'reminder-service')).subscriptions ?? ''),
    )
    await delay(seconds * 1_000)
    const found = await parked(mesh)
    if (found > before) throw new Error(`${found - before} events were parked for a fault of the service`)
  } finally {
    await repair()
  }
}

/** Rows of `table` cannot be touched until the returned function is called. */
const lock = (mesh: FaultMesh, table: string) =>
  new Promise<() => Promise<unknown>>((resolve, reject) => {
    const released = Promise.withResolvers<void>()
    const ended = withClient(mesh.databaseUrl, async (client) => {
      await client.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`)
      resolve(() => {
        released.resolve()
        return ended
      })
      await released.promise
      await client.query('COMMIT')
    })
    ended.catch(reject)
  })

/** Faults of a whole service, of the network and of neighbours, instead of one event or one process. */
export const systemicCases: FaultCase[] = [
  {
    name: 'the host of the database vanishes without a word, and another one answers under its name',
    recoversWithin: 20,
    inject: async (mesh, { acknowledged }) => {
      mesh.replaceDatabaseHost()
      const before = acknowledged.writes
      await eventually('writes go on', async () => acknowledged.writes > before + 50, 20)
    },
  },
  {
    name: 'Postgres frozen for 20 s',
    recoversWithin: 20,
    inject: async ({ database }) => {
      database.kill('SIGSTOP')
      await delay(20_000)
      database.kill('SIGCONT')
    },
  },
  {
    name: 'a right revoked for three minutes, then granted',
    recoversWithin: 60,
    inject: (mesh) =>
      whilePaused(mesh, 150, async () => {
        const role = 'taskflow_reminder_service'
        await sql(mesh, `REVOKE INSERT, UPDATE ON reminders.tasks FROM ${role}`)
        return () => sql(mesh, `GRANT INSERT, UPDATE ON reminders.tasks TO ${role}`)
      }),
  },
  {
    name: 'all handlers of a service hang for two minutes',
    recoversWithin: 60,
    inject: (mesh) => whilePaused(mesh, 60, () => sabotage(mesh, 'true', 'PERFORM pg_sleep(3600)')),
  },
  {
    name: 'a table locked for 40 s',
    recoversWithin: 30,
    inject: async (mesh) => {
      const before = await parked(mesh)
      const release = await lock(mesh, 'reminders.tasks')
      await delay(40_000)
      await release()
      const found = await parked(mesh)
      if (found > before) throw new Error(`${found - before} events were parked because of a lock`)
    },
  },
  {
    name: 'a snapshot open for 30 s',
    inject: (mesh) =>
      withClient(mesh.databaseUrl, async (client) => {
        await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM tasks.tasks')
        await delay(30_000)
        await client.query('COMMIT')
      }),
  },
  {
    name: 'no connections left for 15 s',
    recoversWithin: 30,
    inject: async (mesh) => {
      const limit = (count: number) => sql(mesh, `ALTER ROLE taskflow_reminder_service CONNECTION LIMIT ${count}`)
      await limit(0)
      await sql(
        mesh,
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'taskflow_reminder_service'`,
      )
      await delay(15_000)
      await limit(-1)
    },
  },
  {
    name: 'accounts deleted, recurring tasks edited, bulk and label changes under load',
    inject: async (mesh) => {
      for (let round = 0; round < 5; round++) {
        const send = await person(mesh, `deletes-${round}`)
        const tasks: { id: string; series_id: string | null }[] = []
        for (let number = 0; number < 20; number++) {
          const rule = number % 2 === 0 ? { recurrence_rule: 'daily', due_date: '2035-01-01T09:00:00Z' } : {}
          const labels = { tags: ['one', 'two'], category: 'home' }
          tasks.push((await send('POST', '', { title: `goes ${round}/${number}`, ...labels, ...rule })).body as never)
        }
        const operations = tasks.slice(0, 10).map(({ id }) => ({ action: 'complete', id }))
        const statuses = [
          await send('POST', '/bulk', { operations }),
          await send('PATCH', '/../tags/one', { name: 'three' }),
          await send('PATCH', `/../recurring-tasks/${tasks[12]!.series_id}`, { title: `edited ${round}` }),
        ].map(({ status }) => status)
        if (statuses.some((status) => status !== 200)) throw new Error(`changes returned ${statuses.join(', ')}`)
        const gone = await send('DELETE', '/../auth/me', { password: 'correct horse' })
        if (gone.status >= 300) throw new Error(`deleting an account returned ${gone.status}`)
      }
      return async () => {
        const { rows } = await sql(
          mesh,
          `SELECT count(*)::int AS count FROM reminders.tasks AS r
           WHERE r.user_id IN (SELECT user_id FROM reminders.forgotten_users)`,
        )
        return rows[0].count === 0 ? [] : [`${rows[0].count} rows of deleted accounts are left at reminder-service`]
      }
    },
  },
  {
    name: 'records with attributes of the wrong type, and bare null, text and lists',
    inject: async (mesh) => {
      const { sidecarUrl, daprApiToken } = mesh.members['chat-api']
      const envelope = { specversion: '1.0', id: 'odd', type: 'task.created', source: '/elsewhere', data: {} }
      const bodies = [
        ...['traceid', 'traceparent', 'topic', 'datacontenttype'].map((name) =>
          JSON.stringify({ ...envelope, [name]: 7 }),
        ),
        ...['null', '"text"', '[]', '[1, 2]', '7', 'true', ''],
      ]
      for (const topic of ['task-events', 'task-recurrence', 'task-reminders', 'user-events']) {
        for (const body of bodies) {
          const url = `${sidecarUrl}/v1.0/publish/kafka-pubsub/${topic}?metadata.rawPayload=true&metadata.partitionKey=odd`
          const headers = { 'dapr-api-token': daprApiToken, 'content-type': 'text/plain' }
          await fetch(url, { method: 'POST', headers, body })
        }
      }
      await delay(3_000)
      const exits = serviceNames.flatMap((name) => mesh.members[name].sidecar.exits)
      return async () => {
        const now = serviceNames.flatMap((name) => mesh.members[name].sidecar.exits)
        return now.length > exits.length ? ['a sidecar died of them'] : []
      }
    },
  },
  {
    name: 'replicas come and go while deliveries are answered with RETRY',
    recoversWithin: 60,
    inject: async (mesh) => {
      const role = 'taskflow_reminder_service'
      await sql(mesh, `REVOKE INSERT, UPDATE ON reminders.tasks FROM ${role}`)
      // It is ready only when the subscription is not paused any more, but takes part in the consumer group before.
      const joining = [mesh.addReplica('reminder-service'), mesh.addReplica('reminder-service')]
      try {
        await delay(15_000)
        mesh.members['reminder-service'].sidecar.kill('SIGKILL')
        await delay(10_000)
      } finally {
        await sql(mesh, `GRANT INSERT, UPDATE ON reminders.tasks TO ${role}`)
      }
      for (const replica of await Promise.all(joining)) await replica.stop()
    },
  },
]
