import { setTimeout as delay } from 'node:timers/promises'
import type { Mesh } from '@taskflow/local-mesh'
import { serviceNames } from '@taskflow/service-kit'
import { eventuallyWithin } from '@taskflow/test-kit'
import type { FaultCase } from './fault-case.ts'
import { sql, startReplicas } from './helpers.ts'

const eventually = eventuallyWithin(60)

/** The connection that holds the lock of the relay of tasks.outbox. */
const relayHolder = async (mesh: Mesh): Promise<number | undefined> => {
  const { rows } = await sql(
    mesh,
    `SELECT pid FROM pg_locks JOIN pg_stat_activity USING (pid)
     WHERE locktype = 'advisory' AND granted AND application_name = 'relay tasks'`,
  )
  return rows[0]?.pid
}

/** Several replicas, and everything at once. */
export const replicaCases: FaultCase[] = [
  {
    name: 'two replicas of every service, kill -9 of the first ones; the relay is taken over within 2 s',
    repeatsMails: true,
    inject: async (mesh, load) => {
      const single = await startReplicas(mesh, load)
      const before = await relayHolder(mesh)
      for (const name of serviceNames) {
        mesh.members[name].app.kill('SIGKILL')
        if (name === 'chat-api') {
          const killed = performance.now()
          await eventually('another replica has the relay', async () => {
            const holder = await relayHolder(mesh)
            return holder !== undefined && holder !== before
          })
          const seconds = (performance.now() - killed) / 1_000
          if (seconds > 2) throw new Error(`the relay was taken over after ${seconds.toFixed(1)} s`)
        }
        await delay(1_500)
      }
      await single()
    },
  },
  {
    name: 'SIGSTOP of every service for 30 s with a second replica running',
    inject: async (mesh, load) => {
      const single = await startReplicas(mesh, load)
      const holder = await relayHolder(mesh)
      for (const name of serviceNames) mesh.members[name].app.kill('SIGSTOP')
      await delay(30_000)
      const now = await relayHolder(mesh)
      for (const name of serviceNames) mesh.members[name].app.kill('SIGCONT')
      if (now === undefined || now === holder) throw new Error('a frozen replica kept the relay')
      await delay(2_000)
      await single()
    },
  },
  {
    name: 'everything killed, and back in the wrong order: a minute without database and broker',
    repeatsMails: true,
    inject: async ({ members, broker, database }) => {
      await delay(2_000)
      broker.kill('SIGKILL')
      database.kill('SIGQUIT')
      await Promise.all([broker.gone(), database.gone()])
      for (const name of serviceNames) {
        members[name].app.kill('SIGKILL')
        members[name].sidecar.kill('SIGKILL')
      }
      await delay(60_000)
      for (const name of serviceNames) {
        const answer = await fetch(`${members[name].url}/readyz`)
        if (answer.status !== 503) throw new Error(`${name} reports ready without database and broker`)
      }
      await broker.start()
      await delay(3_000)
      await database.start()
    },
  },
]
