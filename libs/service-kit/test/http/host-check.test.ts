import assert from 'node:assert/strict'
import { request } from 'node:http'
import { test } from 'node:test'
import { endpoint } from '@taskflow/service-kit'
import { startTestService } from '../test-service.ts'

const hosts = { publicUrl: 'https://tasks.example.com', others: ['Tasks.lan', 'other.example.com:8080'] }

test('a public service answers to its own names only: a name of another site is refused (DNS rebinding)', async (t) => {
  const hello = endpoint({
    method: 'get',
    path: '/hello',
    summary: 'Says hello',
    access: 'public',
    answers: {},
    handle: async () => ({ status: 200, body: {} }),
  })
  const service = await startTestService(t, {
    subscriptions: [],
    api: [hello],
    hosts,
    pages: async (path) => (path === '/page' ? { status: 200, body: 'a page' } : undefined),
  })
  const ask = (path: string, host: string, headers = {}) =>
    new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
      const sent = request(service.url + path, { headers: { host, ...headers } })
      sent.on('error', reject).on('response', async (answer) => {
        resolve({ status: answer.statusCode, text: (await answer.setEncoding('utf8').toArray()).join('') })
      })
      sent.end()
    })
  const ours = [
    ...[
      'localhost',
      'localhost:8080',
      'LOCALHOST',
      'console.localhost:8080',
      'tasks.example.com',
      'tasks.example.com:443',
    ],
    ...['tasks.example.com.', 'tasks.lan', 'other.example.com'],
    ...['127.0.0.1:8080', '[::1]:8080', '10.244.0.7:8080', '[fd00::7]'], // probes, load balancers
    ...['recurring-processor', 'recurring-processor.taskflow.svc', 'recurring-processor.taskflow.svc.cluster.local:80'],
  ]
  const foreign = [
    ...[
      'evil.example.com',
      'evil.example.com:8080',
      'tasks.example.com.evil.com',
      'localhost.evil.com',
      'evil-localhost',
    ],
    ...[
      'recurring-processor.dev',
      'recurring-processor.taskflow.svc.evil.com',
      'x@localhost',
      'localhost/x',
      '127.0.0.1.nip.io',
    ],
  ]
  for (const path of ['/hello', '/page']) {
    for (const host of ours) assert.equal((await ask(path, host)).status, 200, `${path} ${host}`)
    for (const host of foreign) {
      const { status, text } = await ask(path, host)
      assert.equal(status, 403, `${path} ${host}`)
      assert.match(text, /ALLOWED_HOSTS/)
    }
  }
  // Probes, and the sidecar with its token, are not asked for a name.
  for (const path of ['/healthz', '/readyz/requests', '/metrics']) {
    assert.equal((await ask(path, 'anything.example.com')).status, 200, path)
  }
})
