import { setTimeout as delay } from 'node:timers/promises'
import type { Mesh } from '@taskflow/local-mesh'
import { type ServiceName, serviceNames, services } from '@taskflow/service-kit'
import { withClient } from './checks.ts'
import { type Load, signup } from './load.ts'

/** Runs SQL as the owner of the database, behind the back of the services. */
export const sql = (mesh: Mesh, statement: string) => withClient(mesh.databaseUrl, (client) => client.query(statement))

/**
 * Runs `statement` at every write to `table` that matches `condition`, until the returned function is called; by default
 * where reminder-service writes.
 */
export const sabotage = async (mesh: Mesh, condition: string, statement: string, table = 'reminders.tasks') => {
  const name = `sabotage_${table.replace('.', '_')}`
  await sql(
    mesh,
    `CREATE OR REPLACE FUNCTION watch.${name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${statement}; RETURN NEW; END $$;
     CREATE TRIGGER ${name} BEFORE INSERT OR UPDATE ON ${table} FOR EACH ROW WHEN (${condition}) EXECUTE FUNCTION watch.${name}()`,
  )
  return () => sql(mesh, `DROP TRIGGER IF EXISTS ${name} ON ${table}`)
}

/** Asks a service what chat-api asks it for an operator. */
export const operate = async (mesh: Mesh, name: ServiceName, path: string, body: object): Promise<unknown> => {
  const { url, appApiToken } = mesh.members[name]
  const answer = await fetch(`${url}/operator/${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'dapr-api-token': appApiToken,
      ...(name === 'chat-api' ? {} : { 'dapr-caller-app-id': 'chat-api' }),
    },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${path} at ${name} returned ${answer.status} ${await answer.text()}`)
  return answer.json()
}

/** Makes the deferred events of a key due and wakes the loop that retries them. */
export const retryNow = async (mesh: Mesh, name: ServiceName, key: string): Promise<void> => {
  const { schema } = services[name]
  await sql(
    mesh,
    `UPDATE ${schema}.inbox SET next_attempt_at = now() - interval '1 s' WHERE state = 'deferred' AND key = '${key}'`,
  )
  await operate(mesh, name, 'redrive', { event_ids: ['none: this only wakes the loop'] })
}

/** The events of a key that a service holds. */
export const heldEvents = async (
  mesh: Mesh,
  name: ServiceName,
  key: string,
): Promise<{ state: string; attempts: number; type: string }[]> =>
  (
    await sql(
      mesh,
      `SELECT state, attempts, type FROM ${services[name].schema}.inbox
       WHERE key = '${key}' AND state IN ('deferred', 'parked') ORDER BY kafka_offset`,
    )
  ).rows

/** Sends requests of a new account, besides the load. */
export const person = async (mesh: Mesh, name: string) => {
  const token = await signup(mesh.url, `${name}.${Date.now()}@example.com`)
  return async (
    method: string,
    path: string,
    body: object,
  ): Promise<{ status: number; body: { id: string; series_id?: string | null } }> => {
    const answer = await fetch(`${mesh.url}/api/v1/tasks${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const text = await answer.text()
    return {
      status: answer.status,
      body: (text === '' ? {} : JSON.parse(text)) as { id: string; series_id?: string | null },
    }
  }
}

/**
 * Starts a second replica of all services. The load goes to the second chat-api, as through a load balancer, because
 * the fault hits the first ones. Returns a function that stops the second ones.
 */
export const startReplicas = async (mesh: Mesh, load: Load) => {
  const replicas = await Promise.all(serviceNames.map((name) => mesh.addReplica(name)))
  load.urls.push(replicas[0]!.url)
  await delay(2_000)
  load.urls.shift()
  return async () => {
    load.urls.unshift(mesh.url)
    await delay(2_000)
    load.urls.length = 1
    await delay(200)
    await Promise.all(replicas.map((replica) => replica.stop()))
  }
}
