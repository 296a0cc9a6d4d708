import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import { createSidecarWatch } from '../src/sidecar-watch.ts'

const start = () => {
  let topics: string[] | undefined = []
  const calls = { shutDown: 0 }
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const log = { debug: () => {}, error: () => {} } as never
  const sidecar = {
    metadata: async () => {
      if (!topics) throw new Error('connect ECONNREFUSED')
      return { subscriptions: topics.map((topic) => ({ topic })) }
    },
    shutDown: async () => void calls.shutDown++,
  } as never
  const loop = createSidecarWatch({ topics: ['task-events'], sidecar, clock, log })
  return {
    calls,
    report: (subscribed: string[] | undefined) => {
      topics = subscribed
    },
    after: async (seconds: number) => {
      clock.advance({ seconds })
      await loop.processDue().catch(() => {})
    },
  }
}

test('a sidecar without its subscriptions is restarted after 20 s, and again two minutes later', async () => {
  const { calls, after } = start()
  await after(0)
  await after(19)
  assert.equal(calls.shutDown, 0)
  await after(1)
  assert.equal(calls.shutDown, 1)
  await after(100)
  await after(19)
  assert.equal(calls.shutDown, 1, 'a sidecar that cannot subscribe is not restarted all the time')
  await after(2)
  assert.equal(calls.shutDown, 2)
})

test('a sidecar that subscribes late, or does not answer, is left alone', async () => {
  const { calls, after, report } = start()
  await after(0)
  report(['task-events'])
  await after(19)
  report([])
  await after(1)
  await after(19)
  report(undefined)
  await after(60)
  assert.equal(calls.shutDown, 0)
})
