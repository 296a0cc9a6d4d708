import { fork } from 'node:child_process'
import { openSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '@taskflow/local-mesh'
import { type ServiceName, services } from '@taskflow/service-kit'
import type { ContenderContext } from './contenders/contender.ts'
import { type ContenderName, now, type Request } from './role.ts'
import type { Database, Testbed } from './testbed.ts'

/** A running contender: a publisher and one or more consumers, each a process with its own sidecar. */
export interface Lane {
  name: string
  /** Publishes `count` events; resolves with the events per second that took effect in the slowest consumer. */
  drain(count: number): Promise<number>
  /** Publishes at a steady rate; resolves with the milliseconds until each event took effect. */
  latencies(count: number, perSecond: number): Promise<number[]>
  /** Process ids by part, for a profile. */
  pids(): Record<string, number>
  stop(): Promise<void>
}

interface Role {
  pid: number
  call<T>(request: Request): Promise<T>
  stop(): Promise<void>
}

let lanes = 0

/** Starts the processes of a contender and resolves when every consumer has received an event. */
export const startLane = async (
  testbed: Testbed,
  contender: ContenderName,
  options: { topic: string; database: Database; consumers?: ServiceName[]; nodeArguments?: string[] },
): Promise<Lane> => {
  const { topic, database, consumers = ['reminder-service'] } = options
  const name = `${contender}-${++lanes}`
  const context = (sidecarUrl: string, port: number, service: ServiceName): ContenderContext => ({
    topic,
    sidecarUrl,
    port,
    service,
    daprApiToken: testbed.daprApiToken,
    appApiToken: testbed.appApiToken,
    databaseUrl: database.url,
    serviceDatabaseUrl: database.urlFor(service),
  })
  const startRole = (role: 'publisher' | 'consumer', label: string, given: ContenderContext) =>
    forkRole(testbed, `${name}-${label}`, [contender, role, JSON.stringify(given)], options.nodeArguments ?? [])

  await prepareTables(database, consumers)
  const publisherSidecar = await testbed.startSidecar(`${name}-publisher`)
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
        testbed.startSidecar(`${name}-${service}`, { appPort: port, port: sidecarPort }),
      ])
      return { service, role, sidecar }
    }),
  )

  const expectAll = (expected: number) =>
    Promise.all(receivers.map(({ role }) => role.call({ do: 'expect', count: expected })))
  const arrivals = () => Promise.all(receivers.map(({ role }) => role.call<[string, number][]>({ do: 'arrived' })))

  const lane: Lane = {
    name,
    drain: async (events) => {
      await expectAll(events)
      const [began, arrived] = await Promise.all([
        publisher.call<number>({ do: 'publishMany', count: events }),
        arrivals(),
      ])
      const last = Math.max(...arrived.map((each) => each.at(-1)![1]))
      await tidy(database, consumers)
      return (events / (last - began)) * 1_000
    },
    latencies: async (events, perSecond) => {
      await expectAll(events)
      const [stamps, arrived] = await Promise.all([
        publisher.call<[string, number][]>({ do: 'publishPaced', count: events, perSecond }),
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

/**
 * Consumers miss events published before they have joined their group: sends single events until all have received
 * some.
 */
const untilThrough = async (publisher: Role, receivers: Role[]): Promise<void> => {
  await Promise.all(receivers.map((role) => role.call({ do: 'expect', count: 3 })))
  const through = Promise.all(receivers.map((role) => role.call({ do: 'arrived' }))).then(() => true)
  const deadline = now() + 90_000
  while (true) {
    await publisher.call({ do: 'publishPaced', count: 3, perSecond: 50 })
    if (await Promise.race([through, delay(300, false)])) break
    if (now() > deadline) throw new Error('no event arrived within 90 s')
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

/** Removes the rows of a measurement, so that the next starts alike. Rows of the history are older and stay. */
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

const forkRole = async (testbed: Testbed, label: string, args: string[], nodeArguments: string[]): Promise<Role> => {
  const log = openSync(testbed.logFile(label), 'a')
  const child = fork(join(import.meta.dirname, 'role.ts'), args, {
    execArgv: [...nodeArguments, `--title=${label}`],
    stdio: ['ignore', log, log, 'ipc'],
  })
  const pending = new Map<number, PromiseWithResolvers<unknown>>()
  const promiseOf = (id: number) => {
    const reply = Promise.withResolvers<unknown>()
    pending.set(id, reply)
    return reply.promise
  }
  child.on('message', ({ call, value, error }: { call: number; value?: unknown; error?: string }) => {
    if (error) pending.get(call)?.reject(new Error(`${label}: ${error}`))
    else pending.get(call)?.resolve(value)
    pending.delete(call)
  })
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()))
  ended.then(() => {
    for (const { reject } of pending.values()) reject(new Error(`${label} ended, see ${testbed.logFile(label)}`))
  })
  let calls = 0
  await promiseOf(0)
  const call = <T>(request: Request): Promise<T> => {
    const id = ++calls
    const reply = promiseOf(id)
    child.send({ call: id, request })
    return reply as Promise<T>
  }
  return {
    pid: child.pid!,
    call,
    stop: async () => {
      if (child.exitCode !== null) return
      const kill = setTimeout(() => child.kill('SIGKILL'), 15_000)
      await call({ do: 'stop' }).catch(() => {})
      await ended
      clearTimeout(kill)
    },
  }
}
