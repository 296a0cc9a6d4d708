import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Mesh, ServiceState } from '../src/api/openapi.d.ts'
import { flowsOf } from '../src/operations/mesh/flow.ts'

const start = Date.parse('2026-01-01T00:00:00Z')

/** A sample of one service, `second` seconds after the first. */
const reading = (second: number, taken: number, fields: Partial<ServiceState> = {}) => {
  const self = {
    ...{ status: 'ok', replica: 'a/1', takes: { 'task-events': ['task.created'] } },
    flow: {
      published: [{ topic: 'task-reminders', count: 0 }],
      taken: [
        { topic: 'task-events', outcome: 'done', count: taken },
        { topic: 'task-events', outcome: 'parked', count: 1 },
      ],
    },
    ...fields,
  }
  const at = start + second * 1_000
  const mesh = { measured_at: new Date(at).toISOString(), services: { 'reminder-service': self } }
  return { at, value: mesh as unknown as Mesh }
}

test('a rate is the difference of counts over the last seconds, parked events included', () => {
  const [flow, ...others] = flowsOf([reading(0, 0), reading(3, 100), reading(6, 130), reading(12, 190)])
  assert.deepEqual(others, [], 'nothing is published yet')
  assert.deepEqual(flow, {
    ...{ service: 'reminder-service', topic: 'task-events', direction: 'takes', count: 191, rate: 10 },
    others: [{ outcome: 'parked', count: 1 }],
  })
})

test('after a long pause the last sample is the baseline', () => {
  assert.equal(flowsOf([reading(0, 0), reading(600, 600)])[0]?.rate, 1)
})

test('a restarted process resets the counts: no rate until its second sample', () => {
  const restarted = (second: number, taken: number) => reading(second, taken, { replica: 'a/2' })
  assert.equal(flowsOf([reading(0, 1_000), restarted(3, 5)])[0]?.rate, null)
  assert.equal(flowsOf([reading(0, 1_000), restarted(3, 5), restarted(5, 9)])[0]?.rate, 2)
  assert.equal(flowsOf([])[0], undefined)
})
