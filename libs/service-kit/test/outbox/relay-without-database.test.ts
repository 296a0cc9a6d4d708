import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { createLog, createMetrics, createRelay, untraced } from '@taskflow/service-kit'

test('without a database, the relay retries twice a second', async (t) => {
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  let tries = 0
  server.on('connection', () => tries++)
  const { port } = server.address() as { port: number }
  const log = createLog({ service: 'test', level: 'error' })
  log.silent = true
  const relay = createRelay({
    schema: 'recurrence',
    databaseUrl: `postgres://nobody@127.0.0.1:${port}/nothing`,
    sidecar: { publish: async () => ({ ok: true, failed: new Map() }) },
    log,
    metrics: createMetrics('test'),
    tracing: untraced,
  })
  relay.start()
  await delay(1_200)
  await relay.stop(0)
  assert.ok(tries >= 2 && tries <= 4, `${tries} tries in 1.2 s`)
})
