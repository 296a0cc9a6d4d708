import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { taskCompleted } from '@taskflow/event-contracts'
import { createLog, endpoint, ignore, type Log, loggedWith, subscribe } from '@taskflow/service-kit'
import { anEvent, aTask } from '@taskflow/test-kit'
import { z } from 'zod'
import { startTestService } from './test-service.ts'

/** A log that keeps its lines. */
const capture = (level: string): { log: Log; lines: Record<string, unknown>[] } => {
  const lines: Record<string, unknown>[] = []
  const log = createLog({ service: 'recurring-processor', level, terminal: false })
  log.transports[0]!.log = (info, next) => {
    lines.push(info)
    next()
  }
  return { log, lines }
}

test('log lines carry the fields of the enclosing operation, across calls', async () => {
  const { log, lines } = capture('info')
  await loggedWith({ trace_id: 't', event_id: 'e' }, async () => {
    await delay(1)
    log.info('inside')
    log.info('its own', { event_id: 'other' })
  })
  log.info('outside')
  assert.deepEqual(
    lines.map(({ message, trace_id, event_id }) => [message, trace_id, event_id]),
    [
      ['inside', 't', 'e'],
      ['its own', 't', 'other'],
      ['outside', undefined, undefined],
    ],
  )
})

test('lines of a request carry its trace and correlation ids, lines of a handler its event and trace', async (t) => {
  const { log, lines } = capture('debug')
  const service = await startTestService(
    t,
    {
      subscriptions: [
        subscribe('task-recurrence', {
          'task.completed': async (_data, tx) => {
            await tx.$client.query('SELECT 1')
            log.info('handling')
          },
          'recurring_task.due': ignore('not in this test'),
          'recurring_task.changed': ignore('not in this test'),
        }),
      ],
      api: [
        endpoint({
          method: 'post',
          path: '/things',
          summary: 'for the test',
          access: 'public',
          body: z.object({ size: z.int() }),
          answers: { 200: z.unknown() },
          handle: async () => {
            await service.deps.pool.query('SELECT 1')
            log.info('answering')
            return { status: 200, body: {} }
          },
        }),
      ],
    },
    { log },
  )
  const trace = 'a'.repeat(32)
  const headers = {
    'content-type': 'application/json',
    'x-correlation-id': 'asked-by-a-test',
    traceparent: `00-${trace}-${'b'.repeat(16)}-01`,
  }
  await fetch(`${service.url}/things`, { method: 'POST', headers, body: '{"size":1}' })
  const event = {
    ...anEvent(taskCompleted, { task: aTask(), changed: {} }),
    traceparent: `00-${'c'.repeat(32)}-${'d'.repeat(16)}-00`,
  }
  await service.deliver('task-recurrence', [event])
  const of = (message: string) => lines.find((line) => line.message === message) ?? assert.fail(`no line "${message}"`)
  for (const message of ['answering', 'a request was answered']) {
    assert.deepEqual([of(message).trace_id, of(message).correlation_id], [trace, 'asked-by-a-test'], message)
  }
  assert.deepEqual([of('a request was answered').route, of('a request was answered').status], ['/things', 200])
  for (const message of ['handling', 'an event was handled']) {
    assert.deepEqual([of(message).trace_id, of(message).event_id], ['c'.repeat(32), event.id], message)
  }
})
