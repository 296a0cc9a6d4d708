import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parseAllDocuments } from 'yaml'
import { checkAccess, invokableRoutes } from '../k8s/check/check-access.ts'
import { checkIngress } from '../k8s/check/check-ingress.ts'

const read = (path: string) =>
  parseAllDocuments(readFileSync(join(import.meta.dirname, '../../k8s', path), 'utf8')).map((each) => each.toJS())
const namespace = { kind: 'Namespace', metadata: { name: 'taskflow' } }
const tracing = { samplingRate: '0.000001' }

test('sidecars allow exactly the invocations that services have routes for', async (t) => {
  const invokable = await invokableRoutes()
  const access = () => read('base/dapr/access.yaml').map((each) => ({ ...each, spec: { ...each.spec, tracing } }))
  const found = (change: (objects: ReturnType<typeof access>) => void) => {
    const objects = access()
    change(objects)
    return checkAccess([namespace, ...objects], invokable).map(({ object, message }) => `${object} ${message}`)
  }
  const audit = (objects: ReturnType<typeof access>) => objects.find(({ metadata }) => metadata.name === 'audit-logger')
  const policyOf = (objects: ReturnType<typeof access>) => audit(objects).spec.accessControl.policies[0]
  assert.deepEqual(
    found(() => {}),
    [],
  )
  const changes: [string, (objects: ReturnType<typeof access>) => unknown, string[]][] = [
    [
      'a route that no service has, or another verb',
      (objects) =>
        policyOf(objects).operations.push({ name: '/events/user-events', httpVerb: ['POST'], action: 'allow' }),
      ['allows chat-api: POST /events/user-events'],
    ],
    ['a missing route', (objects) => policyOf(objects).operations.shift(), ['denies chat-api: GET /operator/self']],
    [
      'another caller',
      (objects) =>
        audit(objects).spec.accessControl.policies.push({ ...policyOf(objects), appId: 'evil', operations: [] }),
      [],
    ],
    [
      'anything by default, from anywhere',
      (objects) => Object.assign(policyOf(objects), { defaultAction: 'allow', namespace: 'other' }),
      ['allows chat-api: everything', 'allows chat-api: of another namespace or trust domain'],
    ],
    [
      'no deny by default',
      (objects) => delete audit(objects).spec.accessControl.defaultAction,
      ['does not deny by default'],
    ],
    [
      'tracing turned off',
      (objects) => (audit(objects).spec.tracing = { samplingRate: '0' }),
      ['without tracing, a service cannot tell invocations from deliveries'],
    ],
  ]
  for (const [what, change, messages] of changes) {
    await t.test(what, () =>
      assert.deepEqual(
        found(change),
        messages.map((message) => `Configuration/audit-logger ${message}`),
      ),
    )
  }
})

test('every sidecar here traces too, so that a service can tell invocations from deliveries', () => {
  for (const path of ['../dapr/config.yaml', 'base/dapr/config.yaml']) {
    assert.ok(Number(read(path)[0].spec.tracing.samplingRate) > 0, path)
  }
})

test('an Ingress limits each address, and keeps what is for the cluster inside', () => {
  for (const overlay of ['production', 'minikube']) {
    const objects = read(`overlays/${overlay}/ingress.yaml`)
    assert.deepEqual(checkIngress(objects), [])
    const [ingress] = objects
    ingress.metadata.annotations = {}
    const [{ http }] = ingress.spec.rules
    http.paths = http.paths.filter(({ path }: { path: string }) => path !== '/readyz' && path !== '/dapr')
    assert.deepEqual(
      checkIngress(objects).map(({ message }) => message),
      ['has no limit-rps', 'has no limit-connections', 'routes /readyz to chat-api', 'routes /dapr to chat-api'],
      overlay,
    )
  }
})

test('notification-service reaches the internet on port 443 only, besides its mail server', () => {
  const open = read('base/network.yaml').filter(({ spec }) =>
    spec.egress?.some(({ to }: { to?: { ipBlock?: { cidr: string } }[] }) =>
      to?.some(({ ipBlock }) => ipBlock?.cidr === '0.0.0.0/0'),
    ),
  )
  assert.deepEqual(
    open.flatMap(({ metadata, spec }) =>
      spec.egress.map(({ ports }: { ports: { port: number }[] }) => [metadata.name, ports.map(({ port }) => port)]),
    ),
    [['outside', [443]]],
  )
})
