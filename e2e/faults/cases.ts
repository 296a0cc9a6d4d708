import { setTimeout as delay } from 'node:timers/promises'
import { serviceNames } from '@taskflow/service-kit'
import type { Mesh } from '@taskflow/test-kit'
import pg from 'pg'

/** A harm that is done while people write. */
export interface FaultCase {
  name: string
  /** Part of `npm test`, not only of `npm run faults`. */
  quick?: true
  harm: (mesh: Mesh) => Promise<void>
}

const times = async (count: number, pause: number, work: () => void): Promise<void> => {
  for (let time = 0; time < count; time++) {
    work()
    await delay(pause)
  }
}

export const cases: FaultCase[] = [
  { name: 'nothing happens', quick: true, harm: () => delay(2_000) },
  ...serviceNames.map(
    (name): FaultCase => ({
      name: `kill -9 of ${name}, three times`,
      ...(name === 'recurring-processor' || name === 'chat-api' ? { quick: true } : {}),
      harm: (mesh) => times(3, 1_500, () => mesh.members[name].app.kill('SIGKILL')),
    }),
  ),
  ...serviceNames.map(
    (name): FaultCase => ({
      name: `kill -9 of the sidecar of ${name}`,
      ...(name === 'audit-logger' ? { quick: true } : {}),
      harm: (mesh) => times(1, 8_000, () => mesh.members[name].sidecar.kill('SIGKILL')),
    }),
  ),
  {
    name: 'SIGTERM of every service',
    quick: true,
    harm: async ({ members }) => {
      for (const name of serviceNames) {
        const { app } = members[name]
        const before = app.exits.length
        const asked = performance.now()
        app.kill('SIGTERM')
        while (app.exits.length === before) {
          if (performance.now() - asked > 15_000) throw new Error(`${name} did not end within 15 s of SIGTERM`)
          await delay(50)
        }
        const exit = app.exits.at(-1)
        if (exit?.code !== 0) throw new Error(`${name} did not exit with 0 but ${JSON.stringify(exit)}`)
        await delay(500)
      }
    },
  },
  {
    name: 'kill -9 of the broker',
    quick: true,
    harm: async ({ broker }) => {
      broker.kill('SIGKILL')
      await broker.gone()
      await broker.start()
      await delay(5_000)
    },
  },
  {
    name: 'the broker away for 20 s',
    harm: async ({ broker }) => {
      broker.kill('SIGTERM')
      await broker.gone()
      await delay(20_000)
      await broker.start()
      await delay(5_000)
    },
  },
  {
    name: 'the broker frozen for 20 s',
    harm: async ({ broker }) => {
      broker.kill('SIGSTOP')
      await delay(20_000)
      broker.kill('SIGCONT')
      await delay(5_000)
    },
  },
  {
    name: 'Postgres restarted',
    quick: true,
    harm: async ({ database }) => {
      database.kill('SIGINT')
      await database.gone()
      await database.start()
      await delay(3_000)
    },
  },
  {
    name: 'kill -9 of Postgres',
    harm: async ({ database }) => {
      database.kill('SIGQUIT')
      await database.gone()
      await database.start()
      await delay(3_000)
    },
  },
  {
    name: 'every database connection cut, five times',
    quick: true,
    harm: async ({ databaseUrl, members }) => {
      const ended = () => serviceNames.filter((name) => members[name].app.exits.at(-1)?.code === 1)
      const before = serviceNames.flatMap((name) => members[name].app.exits).length
      const client = new pg.Client({ connectionString: databaseUrl })
      await client.connect()
      for (let time = 0; time < 5; time++) {
        await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename LIKE 'taskflow\\_%'`)
        await delay(800)
      }
      await client.end()
      const after = serviceNames.flatMap((name) => members[name].app.exits).length
      if (after > before) throw new Error(`a cut connection ended ${ended().join(', ')}`)
    },
  },
  {
    name: 'a transaction that stays open for 5 s while others commit',
    harm: async ({ databaseUrl }) => {
      const client = new pg.Client({ connectionString: databaseUrl })
      await client.connect()
      await client.query('BEGIN')
      await client.query(`INSERT INTO tasks.outbox (event_id, topic, key, event)
        VALUES (gen_random_uuid(), 'dead-letters', 'slow', '{"specversion":"1.0","id":"slow","type":"unknown","source":"/test","data":{}}')`)
      await delay(5_000)
      await client.query('ROLLBACK')
      await client.end()
    },
  },
]
