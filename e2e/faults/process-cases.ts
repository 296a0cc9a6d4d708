import { createServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { serviceNames } from '@taskflow/service-kit'
import { eventuallyWithin } from '@taskflow/test-kit'
import type { FaultCase } from './fault-case.ts'
import { sql } from './helpers.ts'
import { killBefore, killBetweenPublishAndDelete, killInside } from './kill-in-transaction.ts'

const eventually = eventuallyWithin(60)

/** A process or a connection ends. */
export const processCases: FaultCase[] = [
  { name: 'nothing happens', quick: true, inject: () => delay(2_000) },
  ...serviceNames.map(
    (name): FaultCase => ({
      name: `kill -9 of ${name} before, during and after its transaction`,
      ...(name === 'notification-service' ? { repeatsMails: true } : {}),
      // When it has started, reminders wait 10 s for events that change them.
      ...(name === 'reminder-service' ? { recoversWithin: 30 } : {}),
      ...(name === 'audit-logger' ? { quick: true } : {}),
      inject: async (mesh) => {
        await killBefore(mesh, name)
        await delay(2_000)
        await killInside(mesh, name, 'during')
        await delay(2_000)
        await killInside(mesh, name, 'after')
        await delay(2_000)
      },
    }),
  ),
  {
    name: 'kill -9 of chat-api between COMMIT and answer, three times',
    quick: true,
    inject: async (mesh) => {
      for (let time = 0; time < 3; time++) {
        await killInside(mesh, 'chat-api', 'after', 'tasks.tasks')
        await delay(3_000)
      }
    },
  },
  {
    name: 'kill -9 of chat-api between publishing and deleting, three times',
    quick: true,
    inject: async (mesh) => {
      for (let time = 0; time < 3; time++) {
        await killBetweenPublishAndDelete(mesh, 'chat-api')
        await delay(3_000)
      }
    },
  },
  ...serviceNames.map(
    (name): FaultCase => ({
      name: `kill -9 of the sidecar of ${name}`,
      ...(name === 'chat-api' ? { quick: true } : {}),
      inject: async (mesh) => {
        await delay(2_000)
        mesh.members[name].sidecar.kill('SIGKILL')
        await delay(7_000)
      },
    }),
  ),
  {
    name: 'a sidecar that asks for its subscriptions while the port of its service belongs to another process',
    inject: async (mesh) => {
      const { app, sidecar, url } = mesh.members['reminder-service']
      const asked = Promise.withResolvers<void>()
      const stranger = createServer((request, response) => {
        if (request.url === '/dapr/subscribe') asked.resolve()
        response.writeHead(404).end()
      })
      const exits = app.exits.length
      app.kill('SIGKILL')
      while (app.exits.length === exits) await delay(1)
      await new Promise<void>((resolve) => stranger.listen(Number(new URL(url).port), '127.0.0.1', resolve))
      sidecar.kill('SIGKILL')
      await asked.promise
      stranger.close()
      stranger.closeAllConnections()
      await eventually(
        'reminder-service is ready again',
        async () => (await fetch(`${url}/readyz`).catch(() => undefined))?.ok,
      )
    },
  },
  {
    name: 'SIGTERM of every service',
    quick: true,
    inject: async ({ members }) => {
      for (const name of serviceNames) {
        await delay(1_000)
        const { app } = members[name]
        const before = app.exits.length
        const signalled = performance.now()
        app.kill('SIGTERM')
        while (app.exits.length === before) {
          if (performance.now() - signalled > 15_000) throw new Error(`${name} did not end within 15 s of SIGTERM`)
          await delay(50)
        }
        const exit = app.exits.at(-1)
        if (exit?.code !== 0) throw new Error(`${name} did not exit with 0 but ${JSON.stringify(exit)}`)
      }
    },
  },
  {
    name: 'kill -9 of the broker',
    quick: true,
    inject: async ({ broker }) => {
      broker.kill('SIGKILL')
      await broker.gone()
      await broker.start()
      await delay(5_000)
    },
  },
  {
    name: 'the broker away for 20 s',
    inject: async ({ broker }) => {
      broker.kill('SIGTERM')
      await broker.gone()
      await delay(20_000)
      await broker.start()
      await delay(5_000)
    },
  },
  {
    name: 'the broker frozen for 20 s',
    inject: async ({ broker }) => {
      broker.kill('SIGSTOP')
      await delay(20_000)
      broker.kill('SIGCONT')
      await delay(5_000)
    },
  },
  {
    name: 'Postgres restarted',
    quick: true,
    inject: async ({ database }) => {
      database.kill('SIGINT')
      await database.gone()
      await database.start()
      await delay(3_000)
    },
  },
  {
    name: 'kill -9 of Postgres',
    inject: async ({ database }) => {
      database.kill('SIGQUIT')
      await database.gone()
      await database.start()
      await delay(3_000)
    },
  },
  {
    name: 'every database connection cut, those of the relays too, five times',
    quick: true,
    inject: async (mesh) => {
      const exits = () => serviceNames.flatMap((name) => mesh.members[name].app.exits).length
      const before = exits()
      for (let time = 0; time < 5; time++) {
        await sql(mesh, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename LIKE 'taskflow\\_%'`)
        await delay(800)
      }
      if (exits() > before) throw new Error('a cut connection ended a service')
    },
  },
]
