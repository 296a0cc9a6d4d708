import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { defineEvent, parseMessage, type Topic } from '@taskflow/event-contracts'
import { z } from 'zod'

interface Sample {
  name: string
  topic: Topic
  means: string
  payload: Record<string, unknown> & { event_id: string }
}
const samples = JSON.parse(readFileSync(join(import.meta.dirname, 'samples/legacy-events.json'), 'utf8')) as Sample[]
const bytes = (value: unknown) => Buffer.from(JSON.stringify(value))
const wrapped = (data: unknown) => ({
  specversion: '1.0',
  id: 'made-by-dapr',
  type: 'com.dapr.event.sent',
  source: 'x',
  datacontenttype: 'application/json',
  data,
})

for (const { name, topic, means, payload } of samples) {
  test(`from the earlier system: ${name} is read as ${means}, bare and wrapped by Dapr`, () => {
    for (const form of [payload, wrapped(payload)]) {
      const message = parseMessage(topic, bytes(form))
      assert.ok(message.readable, JSON.stringify(message))
      assert.deepEqual([message.event.id, message.event.type], [payload.event_id, means])
      assert.equal(message.event.data.user_id, payload.user_id)
    }
  })
}

test('integer ids map to the same UUID everywhere, naive timestamps are UTC, version 0 overwrites nothing', () => {
  const task = (sample: Sample) => {
    const message = parseMessage(sample.topic, bytes(sample.payload))
    assert.ok(message.readable)
    return (message.event.data as unknown as { task: { id: string; version: number; due_date: string; title: string } })
      .task
  }
  const [created, updated] = samples
  assert.equal(task(created!).id, task(updated!).id)
  assert.deepEqual([task(created!).due_date, task(created!).version], ['2026-01-01T17:07:00Z', 0])
  assert.equal(task(updated!).title, 'Renamed')
})

test('an event without an id is identified by its offset; one on the wrong topic is unreadable', () => {
  const [{ event_id: _, ...anonymous }] = samples.map((sample) => sample.payload) as [Sample['payload']]
  const message = parseMessage('task-events', bytes(anonymous))
  assert.equal(message.readable && message.event.id, '')
  assert.equal(parseMessage('user-events', bytes(samples[0]?.payload)).readable, false)
})

test('an older version passes through one upcaster per version', () => {
  const definition = defineEvent('x.happened', '3.0', z.object({ count: z.int() }), {
    '1.0': ({ n, ...rest }) => ({ ...rest, number: n, schema_version: '2.0' }),
    '2.0': ({ number, ...rest }) => ({ ...rest, count: number, schema_version: '3.0' }),
  })
  const newest = definition.upcasters['2.0']?.(
    definition.upcasters['1.0']?.({ schema_version: '1.0', user_id: null, n: 7 }) ?? {},
  )
  assert.deepEqual(definition.data.parse(newest), { schema_version: '3.0', user_id: null, count: 7 })
})
