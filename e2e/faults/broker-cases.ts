import { setTimeout as delay } from 'node:timers/promises'
import { Admin, ConfigResourceTypes, IncrementalAlterConfigOperationTypes } from '@platformatic/kafka'
import { eventuallyWithin } from '@taskflow/test-kit'
import type { FaultCase } from './fault-case.ts'
import type { FaultMesh } from './fault-mesh.ts'
import { sql } from './helpers.ts'

const eventually = eventuallyWithin(60)

/** The broker takes no records of a topic until the returned function is called: all are too large for it. */
const refuse = async ({ brokers }: FaultMesh, topic: string) => {
  const name = 'max.message.bytes'
  const change = async (config: { value: string } | undefined) => {
    const { SET, DELETE } = IncrementalAlterConfigOperationTypes
    const configs = [
      config ? { name, ...config, configOperation: SET } : { name, value: null, configOperation: DELETE },
    ]
    const admin = new Admin({ clientId: 'faults', bootstrapBrokers: brokers.split(',') })
    try {
      await admin.incrementalAlterConfigs({
        resources: [{ resourceType: ConfigResourceTypes.TOPIC, resourceName: topic, configs }],
      })
    } finally {
      await admin.close()
    }
  }
  await change({ value: '10' })
  return () => change(undefined)
}

/** Seconds for which the oldest event of a topic has waited. */
const oldestWaiting = async (mesh: FaultMesh, topic: string): Promise<number> => {
  const age = 'coalesce(extract(epoch FROM max(now() - created_at)), 0)::float AS age'
  return (await sql(mesh, `SELECT ${age} FROM tasks.outbox WHERE topic = '${topic}'`)).rows[0].age
}

/** Three brokers on one machine have less to give. */
const load = { people: 5, rate: 20 }

/** Faults of one of several brokers, or of one topic. */
export const brokerCases: FaultCase[] = [
  {
    name: 'the broker refuses one topic for 15 s, the others go on',
    recoversWithin: 30,
    inject: async (mesh) => {
      const allow = await refuse(mesh, 'task-events')
      try {
        await delay(15_000)
        const waited = await Promise.all(['task-events', 'task-recurrence'].map((topic) => oldestWaiting(mesh, topic)))
        return async () => {
          const [refused, other] = waited as [number, number]
          if (refused < 10) return [`nothing was refused: the oldest event waited for ${refused} s`]
          return other > 5 ? [`an event of another topic waited for ${other} s`] : []
        }
      } finally {
        await allow()
      }
    },
  },
  {
    name: 'three brokers, one of them killed with -9 for 12 s and more: others lead its partitions',
    brokers: 3,
    load,
    recoversWithin: 30,
    inject: async (mesh, { acknowledged }) => {
      const [broker] = mesh.otherBrokers
      broker!.kill('SIGKILL')
      await broker!.gone()
      // Its session must expire; then the other two go on without it.
      await delay(12_000)
      const before = acknowledged.writes
      const { newest } = (await sql(mesh, 'SELECT coalesce(max(id), 0) AS newest FROM tasks.outbox')).rows[0]
      await eventually('what waits gets through', async () => {
        const { rowCount } = await sql(mesh, `SELECT FROM tasks.outbox WHERE id <= ${newest}`)
        return rowCount === 0
      })
      if (acknowledged.writes === before) throw new Error('nothing was written meanwhile')
      await broker!.start()
    },
  },
  {
    name: 'three brokers, one of them frozen for 20 s',
    brokers: 3,
    load,
    recoversWithin: 30,
    inject: async (mesh) => {
      const [second] = mesh.otherBrokers
      second!.kill('SIGSTOP')
      await delay(20_000)
      second!.kill('SIGCONT')
    },
  },
  {
    name: 'three brokers, two of them away for 20 s: the third refuses',
    brokers: 3,
    load,
    recoversWithin: 30,
    inject: async (mesh) => {
      const away = mesh.otherBrokers
      for (const broker of away) broker.kill('SIGKILL')
      await Promise.all(away.map((broker) => broker.gone()))
      await delay(20_000)
      await Promise.all(away.map((broker) => broker.start()))
    },
  },
]
