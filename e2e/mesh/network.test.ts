import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import {
  copyResources,
  defaultCacheDir,
  findDapr,
  freePort,
  makeRuntimeFolder,
  supervise,
  untilOk,
} from '@taskflow/local-mesh'
import { configReader, createBaseDeps, createServiceApp, ignore, subscribe } from '@taskflow/service-kit'
import { eventuallyWithin, startService } from '@taskflow/test-kit'
import { forgeInvocation } from './forge-invocation.ts'
import { openListeners } from './open-listeners.ts'

const eventually = eventuallyWithin(60)
const service = 'recurring-processor'
const daprApiToken = 'a token that the service shows its sidecar'
const appApiToken = 'a token that the sidecar shows its service'

/** A broker within the sidecar: what it delivers looks as from Kafka. */
const pubsub = {
  apiVersion: 'dapr.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'kafka-pubsub' },
  spec: { type: 'pubsub.in-memory', version: 'v1', metadata: [] },
}

describe('a sidecar as npm start runs it', () => {
  const ports = { http: 0, grpc: 0, internal: 0, metrics: 0 }
  const cleanUp: (() => unknown)[] = []
  let sidecar: ReturnType<typeof supervise>
  let app: Awaited<ReturnType<typeof startReceiver>>

  before(async () => {
    for (const name of Object.keys(ports) as (keyof typeof ports)[]) ports[name] = await freePort()
    const folder = await mkdtemp(join(tmpdir(), 'taskflow-network-'))
    cleanUp.push(() => rm(folder, { recursive: true, force: true }))
    app = await startReceiver()
    const secrets = (appId: string) => join(folder, `${appId}.env`)
    await writeFile(secrets(service), `DAPR_API_TOKEN='${daprApiToken}'\nAPP_API_TOKEN='${appApiToken}'\n`)
    const components = join(folder, 'components')
    await mkdir(components)
    await writeFile(join(components, 'pubsub.yaml'), JSON.stringify(pubsub))
    const dapr = await findDapr({
      ...{ cacheDir: defaultCacheDir(process.env), logFile: join(folder, 'fetch.log'), report: () => {} },
    })
    await makeRuntimeFolder(join(folder, 'runtime'), dapr, secrets)
    const config = join(await copyResources(folder), 'config.yaml')
    const args = [
      ...['--app-id', service, '--app-port', new URL(app.url).port, '--dapr-listen-addresses', '127.0.0.1'],
      ...['--dapr-http-port', `${ports.http}`, '--dapr-grpc-port', `${ports.grpc}`],
      ...['--dapr-internal-grpc-port', `${ports.internal}`, '--metrics-port', `${ports.metrics}`],
      ...['--resources-path', components, '--config', config, '--log-level', 'warn'],
      ...['--placement-host-address', '', '--scheduler-host-address', ''],
    ]
    sidecar = supervise('daprd', join(folder, 'runtime/.dapr/bin/daprd'), args, {
      ...{ cwd: folder, logFile: join(folder, 'daprd.log'), env: { PATH: process.env.PATH } },
    })
    cleanUp.unshift(() => sidecar.stop())
    const deadline = Date.now() + 60_000
    await untilOk('the sidecar', `http://127.0.0.1:${ports.http}/v1.0/healthz`, { deadline })
  })
  after(async () => {
    for (const each of cleanUp) await each()
  })

  const startReceiver = async () => {
    const t = { after: (each: () => unknown) => void cleanUp.unshift(each) }
    const started = await startService(
      t as never,
      service,
      {
        readConfig: configReader(service, {}),
        createDeps: createBaseDeps,
        createApp: (deps) =>
          createServiceApp({
            deps,
            loops: [],
            api: [],
            subscriptions: [subscribe('dead-letters', { 'dead_letter.parked': ignore('not in this test') })],
          }),
      },
      {},
      { env: { APP_API_TOKEN: appApiToken, DAPR_API_TOKEN: daprApiToken } },
    )
    return { url: started.url, inbox: () => started.database.pool.query('SELECT * FROM recurrence.inbox') }
  }

  test('listens on this machine only, the ports for other sidecars and for metrics too', async (t) => {
    const found = openListeners(sidecar.pid()!)
    if (!found) return t.skip('reads /proc')
    assert.deepEqual(found, [])
    const metrics = await fetch(`http://127.0.0.1:${ports.metrics}`)
    assert.equal(metrics.status, 200, 'metrics are there')
    // The check of the check.
    const server = createServer().listen(0)
    t.after(() => server.close())
    assert.equal(openListeners(process.pid)?.length, 1)
  })

  test('its deliveries reach the service, forged invocations do not', async () => {
    const headers = { 'dapr-api-token': daprApiToken, 'content-type': 'application/json' }
    const url = `http://127.0.0.1:${ports.http}/v1.0`
    const entry = { entryId: '1', event: Buffer.from('not an event').toString('base64') }
    const published = await fetch(`${url}/publish/bulk/kafka-pubsub/dead-letters?metadata.rawPayload=true`, {
      ...{ method: 'POST', headers },
      body: JSON.stringify([{ ...entry, contentType: 'application/octet-stream' }]),
    })
    assert.equal(published.status, 204)
    await eventually('it is in the inbox, parked', async () => (await app.inbox()).rows.length === 1)

    const forged = JSON.stringify({ entries: [{ ...entry, contentType: 'application/octet-stream' }] })
    const asDelivered = { pubsubname: 'kafka-pubsub', 'dapr-app-id': service }
    for (const headers of [
      {},
      { 'dapr-caller-app-id': 'chat-api' },
      asDelivered,
      { ...asDelivered, traceparent: '' },
      { ...asDelivered, connection: 'traceparent' },
    ]) {
      const what = JSON.stringify(headers)
      const delivery = await forgeInvocation(ports.internal, 'events/dead-letters', { body: forged, headers })
      assert.equal(delivery.status, 403, what)
      for (const path of ['dapr/subscribe', 'dapr/config']) {
        const { status, text } = await forgeInvocation(ports.internal, path, { verb: 'GET', headers })
        assert.deepEqual([status, text.includes('pubsubname')], [403, false], what)
      }
    }
    // The service's own sidecar, asked over its API, invokes without naming a caller.
    const self = await fetch(`${url}/invoke/${service}/method/events/dead-letters`, {
      ...{ method: 'POST', headers: { ...headers, pubsubname: 'kafka-pubsub' } },
      body: forged,
    })
    assert.equal(self.status, 403)
    assert.equal((await app.inbox()).rows.length, 1)
  })
})
