import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serviceNames } from '@taskflow/service-kit'
import { problemsOf, restartsOf } from '../cluster/pods.ts'

const container = (name: string, ready = true, waiting?: string) => ({
  name,
  ready,
  restartCount: 0,
  state: waiting ? { waiting: { reason: waiting } } : {},
})
const pod = (name: string, containers = [container('app'), container('daprd')], parts: object = {}) => ({
  metadata: { name: `${name}-1`, labels: { 'app.kubernetes.io/name': name }, ...parts },
  status: { phase: 'Running', containerStatuses: containers },
})
const five = serviceNames.map((name) => pod(name))
const messages = (...pods: object[]) => problemsOf(pods).map((each) => each.message)
const others = five.slice(1)

test('five services with their sidecars, a part and a completed Job: no problems', () => {
  const job = { ...pod('migrate', [container('job', false)]), status: { phase: 'Succeeded' } }
  assert.deepEqual(messages(...five, pod('kafka', [container('kafka')]), job), [])
  assert.deepEqual(
    messages(...five, pod('jaeger', [container('jaeger', false, 'ErrImagePull')])),
    [],
    'nothing depends on it',
  )
})

test('missing and unready pods are reported with the reason', () => {
  assert.deepEqual(messages(...others), ['chat-api has no pod'])
  const waiting = pod('chat-api', [container('app', false, 'CrashLoopBackOff'), container('daprd')])
  assert.deepEqual(messages(waiting, ...others), ['chat-api is not ready (CrashLoopBackOff)'])
  assert.deepEqual(messages(pod('chat-api', []), ...others), ['chat-api is not ready'])
})

test('a terminating pod does not count', () => {
  const old = pod('chat-api', [container('app', false), container('daprd', false)], { deletionTimestamp: 'now' })
  assert.deepEqual(messages(old, ...five), [])
  assert.deepEqual(messages(old, ...others), ['chat-api has no pod'])
})

test('a pod without a sidecar or an image fails at once', () => {
  const alone = pod('chat-api', [container('app')])
  assert.deepEqual(problemsOf([alone, ...others]), [{ message: 'chat-api has no sidecar', isFinal: true }])
  const [problem] = problemsOf([
    pod('chat-api', [container('app', false, 'ErrImagePull'), container('daprd')]),
    ...others,
  ])
  assert.equal(problem?.isFinal, true)
})

test('restarts are summed', () => {
  const twice = pod('chat-api', [{ ...container('app'), restartCount: 2 }, container('daprd')])
  assert.equal(restartsOf([twice, pod('kafka', [{ ...container('kafka'), restartCount: 1 }])]), 3)
})
