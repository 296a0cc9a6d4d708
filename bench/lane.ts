import { fork } from 'node:child_process'
import { openSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '@taskflow/local-mesh'
import { type ServiceName, services } from '@taskflow/service-kit'
import { now, type Request, type WayName } from './role.ts'
import type { Database, Stand } from './stand.ts'
import type { WayContext } from './ways/way.ts'

/** A way set up: a publisher and one or more consumers, each a process with a sidecar of its own. */
export interface Lane {
  name: string
  /** Publishes so many events and resolves with how many a second reached the slowest consumer's effect. */
  drain(count: number): Promise<number>
  /** Publishes at a steady rate and resolves with the milliseconds each event took to its effect. */
  latencies(count: number, perSecond: number): Promise<number[]>
  /** Process ids by part, for a profile. */
  pids(): Record<string, number>
  stop(): Promise<void>
}

interface Role {
  pid: number
  ask<T>(request: Request): Promise<T>
  stop(): Promise<void>
}

let lanes = 0

/** Starts the processes of a way and resolves when an event has come through to every consumer. */
export const startLane = async (
  stand: Stand,
  way: WayName,
  options: { topic: string; database: Database; consumers?: ServiceName[]; nodeArguments?: string[] },
): Promise<Lane> => {
  const { topic, database, consumers = ['reminder-service'] } = options
  const name = `${way}-${++lanes}`
  const context = (sidecarUrl: string, port: number, service: ServiceName): WayContext => ({
    topic,
    sidecarUrl,
    port,
    service,
    daprApiToken: stand.daprApiToken,
    appApiToken: stand.appApiToken,
    databaseUrl: database.url,
    serviceDatabaseUrl: database.urlFor(service),
  })
  const startRole = (role: 'publisher' | 'consumer', label: string, given: WayContext) =>
    forkRole(stand, `${name}-${label}`, [way, role, JSON.stringify(given)], options.nodeArguments ?? [])

  await prepareTables(database, consumers)
  const publisherSidecar = await stand.startSidecar(`${name}-publisher`)
  const publisher = await startRole(
    'publisher',
    'publisher',
    context(publisherSidecar.url, await freePort(), 'chat-api'),
  )
  const receivers = await Promise.all(
    consumers.map(async (service) => {
      const [port, sidecarPort] = [await freePort(), await freePort()]
      const [role, sidecar] = await Promise.all([
        startRole('consumer', service, context(`http://127.0.0.1:${sidecarPort}`, port, service)),
        stand.startSidecar(`${name}-${service}`, { appPort: port, port: sidecarPort }),
      ])
      return { service, role, sidecar }
    }),
  )

  const expectAll = (expected: number) =>
    Promise.all(receivers.map(({ role }) => role.ask({ do: 'expect', count: expected })))
  const arrivals = () => Promise.all(receivers.map(({ role }) => role.ask<[string, number][]>({ do: 'arrived' })))

  const lane: Lane = {
    name,
    drain: async (events) => {
      await expectAll(events)
      const [began, arrived] = await Promise.all([
        publisher.ask<number>({ do: 'publishMany', count: events }),
        arrivals(),
      ])
      const last = Math.max(...arrived.map((each) => each.at(-1)![1]))
      await tidy(database, consumers)
      return (events / (last - began)) * 1_000
    },
    latencies: async (events, perSecond) => {
      await expectAll(events)
      const [stamps, arrived] = await Promise.all([
        publisher.ask<[string, number][]>({ do: 'publishPaced', count: events, perSecond }),
        arrivals(),
      ])
      const at = new Map(arrived.flat())
      return stamps.map(([id, sent]) => at.get(id)! - sent)
    },
    pids: () => ({
      publisher: publisher.pid,
      'publisher daprd': publisherSidecar.pid() ?? 0,
      ...Object.fromEntries(
        receivers.flatMap(({ service, role, sidecar }) => [
          [service, role.pid],
          [`${service} daprd`, sidecar.pid() ?? 0],
        ]),
      ),
    }),
    stop: async () => {
      await Promise.all([publisher.stop(), ...receivers.map(({ role }) => role.stop())])
      await Promise.all([publisherSidecar.stop(), ...receivers.map(({ sidecar }) => sidecar.stop())])
    },
  }
  await untilThrough(
    publisher,
    receivers.map(({ role }) => role),
  )
  return lane
}

/** A consumer that has not joined its group yet misses what is published: single events are sent until all have seen some. */
const untilThrough = async (publisher: Role, receivers: Role[]): Promise<void> => {
  await Promise.all(receivers.map((role) => role.ask({ do: 'expect', count: 3 })))
  const through = Promise.all(receivers.map((role) => role.ask({ do: 'arrived' }))).then(() => true)
  const deadline = now() + 90_000
  while (true) {
    await publisher.ask({ do: 'publishPaced', count: 3, perSecond: 50 })
    if (await Promise.race([through, delay(300, false)])) break
    if (now() > deadline) throw new Error('no event comes through after 90 s')
  }
  await delay(500)
}

const prepareTables = async ({ pool }: Database, consumers: ServiceName[]): Promise<void> => {
  await pool.query(`
    CREATE SCHEMA IF NOT EXISTS bench;
    GRANT USAGE ON SCHEMA bench TO PUBLIC;
    CREATE TABLE IF NOT EXISTS bench.usual_tasks (id uuid PRIMARY KEY);
    CREATE TABLE IF NOT EXISTS bench.usual_effects (task_id uuid PRIMARY KEY, title text NOT NULL);
    GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA bench TO PUBLIC;`)
  for (const service of consumers) {
    const { schema } = services[service]
    await pool.query(`
      CREATE TABLE IF NOT EXISTS ${schema}.bench_effects (event_id uuid PRIMARY KEY, task_id uuid NOT NULL, title text NOT NULL);
      GRANT SELECT, INSERT ON ${schema}.bench_effects TO PUBLIC;`)
  }
}

/** Removes what a measurement left, so that the next begins like it; history is older and stays. */
const tidy = async ({ pool }: Database, consumers: ServiceName[]): Promise<void> => {
  while ((await pool.query('SELECT 1 FROM tasks.outbox LIMIT 1')).rowCount) await delay(20)
  await pool.query('TRUNCATE tasks.outbox_published, bench.usual_tasks, bench.usual_effects')
  for (const service of consumers) {
    const { schema } = services[service]
    await pool.query(`TRUNCATE ${schema}.bench_effects`)
    await pool.query(`DELETE FROM ${schema}.inbox WHERE state = 'done' AND received_at > now() - interval '1 hour'`)
    await pool.query(`VACUUM ${schema}.inbox`)
  }
  await pool.query('VACUUM tasks.outbox')
}

const forkRole = async (stand: Stand, label: string, args: string[], nodeArguments: string[]): Promise<Role> => {
  const log = openSync(stand.logFile(label), 'a')
  const child = fork(join(import.meta.dirname, 'role.ts'), args, {
    execArgv: [...nodeArguments, `--title=${label}`],
    stdio: ['ignore', log, log, 'ipc'],
  })
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  const promiseOf = (call: number) => {
    const answer = Promise.withResolvers<unknown>()
    waiting.set(call, answer)
    return answer.promise
  }
  child.on('message', ({ call, value, error }: { call: number; value?: unknown; error?: string }) => {
    if (error) waiting.get(call)?.reject(new Error(`${label}: ${error}`))
    else waiting.get(call)?.resolve(value)
    waiting.delete(call)
  })
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()))
  ended.then(() => {
    for (const { reject } of waiting.values()) reject(new Error(`${label} ended, see ${stand.logFile(label)}`))
  })
  let calls = 0
  await promiseOf(0)
  const ask = <T>(request: Request): Promise<T> => {
    const call = ++calls
    const answer = promiseOf(call)
    child.send({ call, request })
    return answer as Promise<T>
  }
  return {
    pid: child.pid!,
    ask,
    stop: async () => {
      if (child.exitCode !== null) return
      const insist = setTimeout(() => child.kill('SIGKILL'), 15_000)
      await ask({ do: 'stop' }).catch(() => {})
      await ended
      clearTimeout(insist)
    },
  }
}
