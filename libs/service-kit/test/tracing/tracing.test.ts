import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { deadLetterParked, type Task, taskCompleted, taskDeleted } from '@taskflow/event-contracts'
import {
  appendEvents,
  type BulkEntry,
  createLog,
  createTracing,
  endpoint,
  ignore,
  newEvent,
  type Subscription,
  subscribe,
  type Tx,
  untraced,
} from '@taskflow/service-kit'
import { anEvent, aTask, fakeClock, startCollector } from '@taskflow/test-kit'
import { z } from 'zod'
import { startTestService } from '../test-service.ts'

const log = createLog({ service: 'test', level: 'warn' })
log.silent = true

const startTracing = async (t: TestContext, traceRatio = 1) => {
  const collector = await startCollector()
  t.after(collector.stop)
  const tracing = createTracing({ service: 'recurring-processor', otlpEndpoint: collector.url, traceRatio }, log)
  t.after(() => tracing.stop())
  /** The exported spans, after a flush. */
  const spans = async () => {
    await tracing.stop()
    return collector.spans
  }
  return { tracing, spans }
}

const aTraceparent = (flag: '00' | '01' = '01') =>
  `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-${flag}`
const partsOf = (traceparent: string) => {
  const [, trace, id, flag] = traceparent.split('-')
  return { trace, id, flag }
}

const completed = (traceparent: string, fields: Partial<Task> = {}) => ({
  ...anEvent(taskCompleted, {
    task: aTask({ is_completed: true, completed_at: '2026-01-01T00:00:00Z', ...fields }),
    changed: {},
  }),
  traceparent,
})

const onCompleted = (handle: (task: Task, tx: Tx) => Promise<void>): Subscription[] => [
  subscribe('task-recurrence', {
    'task.completed': ({ task }, tx) => handle(task, tx),
    'recurring_task.due': ignore('not in this test'),
    'recurring_task.changed': ignore('not in this test'),
  }),
]

const append = (tx: Tx) =>
  appendEvents(tx, 'recurrence', [
    newEvent('task-events', taskDeleted, {
      key: 'k',
      subject: 'k',
      user_id: null,
      payload: { task: aTask() },
    }),
  ])

const anEndpoint = (access: 'public' | 'mesh', handle: () => Promise<unknown>) =>
  endpoint({
    method: 'get',
    path: '/secrets/:token',
    summary: 'for the test',
    access,
    params: z.object({ token: z.string() }),
    answers: { 200: z.unknown() },
    handle: async () => ({ status: 200, body: await handle() }),
  })

test('a request is a span named by its route, the parent of the events it publishes', async (t) => {
  const { tracing, spans } = await startTracing(t)
  const service = await startTestService(
    t,
    {
      subscriptions: [],
      api: [
        endpoint({
          method: 'get',
          path: '/secrets/:token',
          summary: 'for the test',
          access: 'public',
          params: z.object({ token: z.string() }),
          query: z.object({ canary: z.string() }),
          answers: { 200: z.unknown() },
          handle: async ({ origin }) => {
            await service.deps.transaction(append, origin)
            return { status: 200, body: {} }
          },
        }),
      ],
    },
    { tracing },
  )
  const given = aTraceparent()
  const answer = await fetch(`${service.url}/secrets/canary?canary=canary`, { headers: { traceparent: given } })
  assert.equal(answer.status, 200)
  await fetch(`${service.url}/healthz`)
  const [span, ...others] = await spans()
  assert.deepEqual(others, [], 'what only looks whether the service is alive is no span')
  assert.deepEqual([span?.name, span?.kind, span?.service], ['GET /secrets/:token', 'server', 'recurring-processor'])
  assert.deepEqual([span?.trace, span?.parent], [partsOf(given).trace, partsOf(given).id])
  assert.deepEqual(span?.attributes, {
    'http.request.method': 'GET',
    'http.route': '/secrets/:token',
    'http.response.status_code': '200',
  })
  const [made] = await service.outbox('recurrence')
  assert.equal(made?.event.traceparent, `00-${span?.trace}-${span?.id}-01`)
  assert.equal(answer.headers.get('traceresponse'), made?.event.traceparent)
  assert.ok(!JSON.stringify(await spans()).includes('canary'))
})

test('a failed request is marked as an error, without the error text', async (t) => {
  const { tracing, spans } = await startTracing(t)
  const fail = async () => {
    throw new Error('canary')
  }
  const service = await startTestService(t, { subscriptions: [], api: [anEndpoint('public', fail)] }, { tracing })
  assert.equal((await fetch(`${service.url}/secrets/x`)).status, 500)
  const [span] = await spans()
  assert.deepEqual([span?.isError, span?.attributes['error.type']], [true, '500'])
  assert.ok(!JSON.stringify(span).includes('canary'))
})

test('handling an event is a child span of its cause, linked to the delivery, and parent of new events', async (t) => {
  const { tracing, spans } = await startTracing(t)
  const service = await startTestService(
    t,
    {
      subscriptions: onCompleted(async (_task, tx) => {
        await delay(20)
        await append(tx)
      }),
    },
    { tracing },
  )
  const made = aTraceparent()
  const event = completed(made)
  const body = {
    entries: [
      {
        entryId: '0',
        event,
        contentType: 'application/json',
        metadata: { __key: 'k', __partition: '2', __offset: '7' },
      },
    ],
  }
  await service.asSidecar('/events/task-recurrence', {
    method: 'POST',
    body: JSON.stringify(body),
  })
  const [span, ...others] = await spans()
  assert.equal(others.length, 0)
  assert.deepEqual([span?.name, span?.kind, span?.isError], ['process task-recurrence', 'consumer', false])
  assert.deepEqual([span?.trace, span?.parent, span?.links], [partsOf(made).trace, partsOf(made).id, []])
  assert.ok(span!.duration >= 19, `${span?.duration} ms`)
  assert.deepEqual(span?.attributes, {
    'messaging.system': 'kafka',
    'messaging.operation.type': 'process',
    'messaging.destination.name': 'task-recurrence',
    'messaging.destination.partition.id': '2',
    'messaging.kafka.offset': '7',
    'messaging.consumer.group.name': 'recurring-processor',
    'cloudevents.event_id': event.id,
    'cloudevents.event_type': 'task.completed',
    'taskflow.attempt': '1',
  })
  const [caused] = await service.outbox('recurrence')
  assert.equal(caused?.event.traceparent, `00-${span?.trace}-${span?.id}-01`)
})

test('each attempt at a failing event is a span; events rolled back with it are marked', async (t) => {
  const { tracing, spans } = await startTracing(t)
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const service = await startTestService(
    t,
    {
      subscriptions: onCompleted(async (task) => {
        if (task.title === 'bad') throw Object.assign(new Error('canary'), { code: '23505' })
      }),
    },
    { tracing, clock },
  )
  const [good, bad] = [aTraceparent(), aTraceparent()]
  await service.deliver('task-recurrence', [completed(good), completed(bad, { title: 'bad' })])
  const retry = service.app.loops.find((loop) => loop.name === 'deferred events')!
  for (let attempt = 2; attempt <= 5; attempt++) {
    clock.advance({ minutes: 2 })
    await retry.processDue()
  }
  const all = await spans()
  const attemptsOf = (traceparent: string) =>
    all
      .filter(({ parent }) => parent === partsOf(traceparent).id)
      .map(({ attributes, isError }) => [attributes['taskflow.attempt'], isError, attributes['error.type']])
  // The first attempt is one transaction for the batch; the second isolates the failing event.
  assert.deepEqual(attemptsOf(good), [
    ['1', true, 'rolled back'],
    ['1', false, undefined],
  ])
  assert.deepEqual(
    attemptsOf(bad),
    ['1', '1', '2', '3', '4', '5'].map((attempt) => [attempt, true, '23505']),
  )
  const parked = (await service.outbox('recurrence')).find(({ event }) => event.type === deadLetterParked.type)
  assert.equal(partsOf(parked!.event.traceparent).id, all.at(-1)?.id, 'giving up is caused by the last attempt')
  assert.ok(!JSON.stringify(all).includes('canary'))
})

test('a publish span is a child of its event, or linked to the events of several traces', async (t) => {
  const { tracing, spans } = await startTracing(t)
  const calls: { entries: BulkEntry[]; traceparent: string | undefined }[] = []
  const service = await startTestService(
    t,
    { subscriptions: [] },
    {
      tracing,
      sidecar: {
        publish: async (_topic: string, entries: BulkEntry[], traceparent?: string) => {
          calls.push({ entries, traceparent })
          return { ok: true, failed: new Map() }
        },
        close: async () => {},
      } as never,
    },
  )
  const appendUnder = (...traceparents: string[]) =>
    service.deps.transaction((tx) =>
      appendEvents(
        tx,
        'recurrence',
        traceparents.map((traceparent, n) =>
          newEvent('task-events', taskDeleted, {
            ...{ key: `${traceparent} ${n}`, subject: 's', user_id: null, traceparent },
            payload: { task: aTask({ title: '"traceparent":"00-canary' }) },
          }),
        ),
      ),
    )
  const published = async (count: number) => {
    while (calls.length < count) await delay(5)
  }
  const [one, first, second, unseen] = [aTraceparent(), aTraceparent(), aTraceparent(), aTraceparent('00')]
  await appendUnder(one, one)
  service.app.work()
  await published(1)
  await appendUnder(first, second, unseen)
  await published(2)
  await appendUnder(unseen)
  await published(3)
  const [child, batch, ...others] = await spans()
  assert.equal(others.length, 0, 'what is not recorded has no span')
  assert.deepEqual([child?.name, child?.kind], ['publish task-events', 'producer'])
  assert.deepEqual([child?.trace, child?.parent, child?.links], [partsOf(one).trace, partsOf(one).id, []])
  assert.equal(child?.attributes['messaging.batch.message_count'], '2')
  assert.deepEqual([batch?.parent, batch?.links], ['', [partsOf(first).id, partsOf(second).id]])
  assert.deepEqual(
    calls.map(({ traceparent }) => partsOf(traceparent!)),
    [
      { trace: child?.trace, id: child?.id, flag: '01' },
      { trace: batch?.trace, id: batch?.id, flag: '01' },
      { trace: partsOf(unseen).trace, id: partsOf(calls[2]!.traceparent!).id, flag: '00' },
    ],
  )
  const traceparents = calls.flatMap(({ entries }) => entries.map(({ event }) => JSON.parse(event).traceparent))
  assert.deepEqual(
    traceparents,
    [one, one, first, second, unseen, unseen],
    'what events say of their trace stays as it is',
  )
})

test('a publish span has at most 128 links', async (t) => {
  const { tracing, spans } = await startTracing(t)
  const causes = Array.from({ length: 200 }, () => aTraceparent())
  tracing.start('publish', { kind: 'producer', causes }).end()
  assert.deepEqual(
    (await spans()).map(({ links }) => links),
    [causes.slice(0, 128).map((cause) => partsOf(cause).id)],
  )
})

test('the service decides whether to sample a request, unless its sidecar already has', async (t) => {
  const flagsOf = async (traceRatio: number, flag: '00' | '01') => {
    const { tracing, spans } = await startTracing(t, traceRatio)
    const service = await startTestService(
      t,
      { subscriptions: [], api: [anEndpoint('public', async () => 'ok')] },
      { tracing },
    )
    const traceparent = aTraceparent(flag)
    const flags = []
    for (const ask of [fetch, (url: string, init: RequestInit) => service.asSidecar(new URL(url).pathname, init)]) {
      const answer = await ask(`${service.url}/secrets/x`, { headers: { traceparent } })
      const response = partsOf(answer.headers.get('traceresponse')!)
      assert.equal(response.trace, partsOf(traceparent).trace)
      flags.push(response.flag)
    }
    assert.equal((await spans()).length, flags.filter((each) => each === '01').length)
    return { stranger: flags[0], sidecar: flags[1] }
  }
  assert.deepEqual(await flagsOf(0, '01'), { stranger: '00', sidecar: '01' }, 'nobody makes us record everything')
  assert.deepEqual(await flagsOf(1, '00'), { stranger: '01', sidecar: '00' })
})

test('about the configured share is sampled, whatever traceparent a stranger sends', async (t) => {
  const { tracing } = await startTracing(t, 0.5)
  const alwaysDrawn = `00-${'0'.repeat(31)}1-${'1'.repeat(16)}-01`
  const admitted = Array.from({ length: 1_000 }, () => tracing.admit(alwaysDrawn)!.endsWith('01')).filter(
    Boolean,
  ).length
  const started = Array.from({ length: 1_000 }, () =>
    tracing.start('x', { kind: 'internal', causes: [] }).traceparent.endsWith('01'),
  ).filter(Boolean).length
  for (const count of [admitted, started]) assert.ok(count > 350 && count < 650, `${count} of 1,000`)
  assert.equal(tracing.admit('nonsense'), undefined)
})

test('a refusing collector is logged once; a hanging one does not block stopping', async (t) => {
  const lines: string[] = []
  const listening = createLog({ service: 'recurring-processor', level: 'info', terminal: false })
  listening.transports[0]!.log = (info, next) => {
    lines.push(info.message)
    next()
  }
  const collector = await startCollector()
  t.after(collector.stop)
  collector.status = 400
  const tracing = createTracing(
    { service: 'recurring-processor', otlpEndpoint: collector.url, traceRatio: 1 },
    listening,
  )
  const service = await startTestService(
    t,
    { subscriptions: [], api: [anEndpoint('public', async () => 'ok')] },
    { tracing },
  )
  const ask = async () => assert.equal((await fetch(`${service.url}/secrets/x`)).status, 200)
  const until = async (line: string) => {
    while (lines.at(-1) !== line) await delay(20)
  }
  await ask()
  await until('traces are lost: they cannot be exported')
  collector.status = 200
  await ask()
  await until('traces are exported again')
  assert.equal(lines.length, 2)
  assert.equal(collector.spans.length, 1)

  collector.status = 0
  await ask()
  const began = performance.now()
  await tracing.stop()
  assert.ok(performance.now() - began < 5_000, 'a stop waits for the collector, and not for long')
})

test('without a collector nothing is recorded, but trace contexts are propagated', () => {
  const tracing = createTracing({ service: 'audit-logger', otlpEndpoint: undefined, traceRatio: 1 }, log)
  assert.equal(tracing, untraced)
  const cause = aTraceparent('00')
  const { traceparent } = tracing.start('x', { kind: 'internal', causes: [cause] })
  assert.deepEqual([partsOf(traceparent).trace, partsOf(traceparent).flag], [partsOf(cause).trace, '00'])
  assert.notEqual(partsOf(traceparent).id, partsOf(cause).id)
})
