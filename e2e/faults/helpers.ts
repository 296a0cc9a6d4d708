import { setTimeout as delay } from 'node:timers/promises'
import type { Mesh } from '@taskflow/local-mesh'
import { serviceNames } from '@taskflow/service-kit'
import { withClient } from './checks.ts'
import { type Load, signup } from './load.ts'

/** Runs SQL as the owner of the database, behind the back of the services. */
export const sql = (mesh: Mesh, statement: string) => withClient(mesh.databaseUrl, (client) => client.query(statement))

/**
 * Runs `statement` at every write of reminder-service that matches `condition`, until the returned function is called.
 */
export const sabotage = async (mesh: Mesh, condition: string, statement: string) => {
  await sql(
    mesh,
    `CREATE OR REPLACE FUNCTION watch.sabotage() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${statement}; RETURN NEW; END $$;
     CREATE TRIGGER sabotage BEFORE INSERT OR UPDATE ON reminders.tasks FOR EACH ROW WHEN (${condition}) EXECUTE FUNCTION watch.sabotage()`,
  )
  return () => sql(mesh, 'DROP TRIGGER sabotage ON reminders.tasks')
}

/** Sends requests of a new account, besides the load. */
export const person = async (mesh: Mesh, name: string) => {
  const token = await signup(mesh.url, `${name}.${Date.now()}@example.com`)
  return async (method: string, path: string, body: object): Promise<{ status: number; body: { id: string } }> => {
    const answer = await fetch(`${mesh.url}/api/v1/tasks${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const text = await answer.text()
    return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as { id: string } }
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
