import assert from 'node:assert/strict'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { secretsFor } from '@taskflow/cluster-jobs/secrets'
import { outputOf } from '@taskflow/local-mesh'
import { checkMesh } from '../k8s/check/check-mesh.ts'
import { checkObjects } from '../k8s/check/check-objects.ts'
import { unexplained } from '../k8s/check/findings.ts'
import { strict } from '../k8s/check/schemas.ts'
import { sumResources } from '../k8s/check/sum-resources.ts'

const container = {
  name: 'app',
  image: 'taskflow/app:0.1.0',
  ports: [{ name: 'http', containerPort: 80 }],
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
  resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '1', memory: '1Gi' } },
}

const deployment = (containerParts: object = {}, podParts: object = {}) => ({
  kind: 'Deployment',
  metadata: { name: 'app' },
  spec: {
    template: {
      metadata: { labels: { app: 'app' }, annotations: { 'dapr.io/sidecar-cpu-request': '50m' } },
      spec: {
        securityContext: { runAsNonRoot: true },
        containers: [{ ...container, ...containerParts }],
        ...podParts,
      },
    },
  },
})
const service = (spec: object) => ({ kind: 'Service', metadata: { name: 'app' }, spec: { ports: [], ...spec } })
const checks = (...objects: object[]) => checkObjects(objects).map(({ check }) => check)

test('correct manifests have no findings', () => {
  const settings = { kind: 'ConfigMap', metadata: { name: 'settings' }, data: { A: 'b' } }
  const env = [
    { name: 'A', valueFrom: { configMapKeyRef: { name: 'settings', key: 'A' } } },
    { name: 'B', value: 'see $(A)' },
  ]
  const ports = [{ name: 'http', port: 80, targetPort: 'http' }]
  assert.deepEqual(checks(settings, deployment({ env }), service({ selector: { app: 'app' }, ports })), [])
})

for (const [what, expected, object] of [
  ['no version', 'image-version', deployment({ image: 'redis' })],
  ['the version latest', 'image-version', deployment({ image: 'redis:latest' })],
  ['capabilities', 'capabilities', deployment({ securityContext: { allowPrivilegeEscalation: false } })],
  ['a root user', 'run-as-non-root', deployment({}, { securityContext: {} })],
  ['a variable used before it is set', 'env-order', deployment({ env: [{ name: 'A', value: '$(B)' }, { name: 'B' }] })],
  ['a secret in the open', 'env-secret', deployment({ env: [{ name: 'DATABASE_PASSWORD', value: 'guess' }] })],
  ['settings that are not there', 'config', deployment({ envFrom: [{ configMapRef: { name: 'none' } }] })],
  ['a volume that is not there', 'volume', deployment({ volumeMounts: [{ name: 'none', mountPath: '/' }] })],
  ['a probe of another port', 'probe-port', deployment({ livenessProbe: { httpGet: { port: 'other' } } })],
  ['files of the node', 'host', deployment({}, { volumes: [{ name: 'x', hostPath: { path: '/' } }] })],
  ['an account that is not there', 'service-account', deployment({}, { serviceAccountName: 'none' })],
  ['a Service without pods', 'dangling-service', service({ selector: { app: 'none' } })],
  ['a secret', 'secret', { kind: 'Secret', metadata: { name: 'x' }, data: {} }],
] as const) {
  test(`found: ${what}`, () => assert.deepEqual(checks(object), [expected]))
}

test('missing services and other releases are found', () => {
  const job = { kind: 'Job', metadata: { name: 'migrate-9-9-9' }, spec: { image: 'taskflow/jobs:9.9.9' } }
  const found = checkMesh([job]).map(({ check, object }) => `${check} ${object}`)
  for (const expected of [
    'service Deployment/chat-api',
    'scopes Component/kafka-pubsub',
    'resiliency Resiliency/taskflow',
    'release Job/migrate-9-9-9',
  ]) {
    assert.ok(found.includes(expected), expected)
  }
})

test('a finding without an excuse is reported, as is an unused excuse', () => {
  const finding = { check: 'replicas', object: 'Deployment/app', message: 'one' }
  const excuse = { check: /^replicas$/, object: /Deployment\/app/, why: 'because' }
  const other = { check: /^replicas$/, object: /Deployment\/ap/, why: 'because' }
  const found = [{ overlay: 'minikube', finding }]
  assert.deepEqual(unexplained(found, [excuse]), { findings: [], excuses: [] })
  assert.deepEqual(unexplained(found, [other]), {
    findings: ['minikube: Deployment/app: replicas: one'],
    excuses: [other],
  })
})

test('resources include sidecars and replicas; init containers count if they need more', () => {
  const small = deployment()
  assert.deepEqual(sumResources([small], 'requests'), { cpu: 150, memory: 64 * 2 ** 20 })
  const big = deployment({}, { initContainers: [{ resources: { requests: { cpu: '2' } } }] })
  assert.equal(sumResources([{ ...big, spec: { ...big.spec, replicas: 2 } }], 'requests').cpu, 4_000)
})

test('a schema refuses unknown fields, except where it preserves them', () => {
  const open = { type: 'object', properties: {}, 'x-kubernetes-preserve-unknown-fields': true }
  assert.deepEqual(strict({ type: 'object', description: 'x', properties: { a: { type: 'string' }, open } }), {
    type: 'object',
    properties: { a: { type: 'string' }, open: { type: 'object', properties: {} } },
    additionalProperties: false,
  })
})

test('cluster secrets are random, and the certificate is for the host', () => {
  const [secrets, others] = [secretsFor('taskflow.local'), secretsFor()]
  const taskflow = (all: typeof others) => all.find(({ metadata }) => metadata.name === 'taskflow')!.stringData
  for (const [name, value] of Object.entries(taskflow(secrets))) {
    if (name !== 'SMTP_URL') assert.notEqual(value, taskflow(others)[name], name)
  }
  const { stringData } = secrets.find(({ type }) => type === 'kubernetes.io/tls')!
  const certificate = new X509Certificate(stringData['tls.crt']!)
  assert.equal(certificate.checkHost('taskflow.local'), 'taskflow.local')
  assert.equal(certificate.checkHost('other.local'), undefined)
  assert.ok(certificate.verify(certificate.publicKey))
  assert.ok(certificate.checkPrivateKey(createPrivateKey(stringData['tls.key']!)))
})

test('wait-for exits once one of several brokers accepts connections', async (t) => {
  const server = createServer().listen(0, '127.0.0.1')
  t.after(() => server.close())
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  const output = await outputOf(process.execPath, [
    `${import.meta.dirname}/../../apps/cluster-jobs/src/wait-for.ts`,
    `127.0.0.1:1,127.0.0.1:${port}`,
    `127.0.0.1:${port}/taskflow?sslmode=disable`,
  ])
  assert.match(output ?? '', new RegExp(`127.0.0.1:1 or 127.0.0.1:${port} answers\n127.0.0.1:${port} answers`))
})
