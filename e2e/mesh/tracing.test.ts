import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Mesh, startMesh } from '@taskflow/local-mesh'
import { type CollectedSpan, type Collector, eventuallyWithin, startCollector } from '@taskflow/test-kit'

// biome-ignore lint/suspicious/noExplicitAny: answers of the API, looked at field by field
type Json = any

const eventually = eventuallyWithin(90)

describe('traces, over real sidecars, broker, database and mail server', () => {
  let mesh: Mesh
  let collector: Collector
  before(async () => {
    collector = await startCollector()
    mesh = await startMesh({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url } })
  })
  after(async () => {
    await mesh?.stop()
    collector?.stop()
  })

  const request = async (method: string, path: string, token?: string, body?: Json, headers: Json = {}) => {
    const answer = await fetch(mesh.url + path, {
      method,
      headers: {
        ...headers,
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        'content-type': 'application/json',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const [, trace, span] = (answer.headers.get('traceresponse') ?? '').split('-')
    return { body: (await answer.json()) as Json, status: answer.status, trace: trace!, span: span! }
  }
  const signup = async (email: string): Promise<string> =>
    (await request('POST', '/api/v1/auth/signup', undefined, { email, password: 'correct horse', name: 'Ada' })).body
      .token

  /** Waits for the only span with this name; spans of sidecars have other names. */
  const one = async (trace: string, service: string, name: string, parent?: CollectedSpan): Promise<CollectedSpan> => {
    const found = await eventually(
      `${service} has exported ${name}`,
      async () => {
        const spans = collector.spans.filter(
          (span) => span.trace === trace && span.service === service && span.name === name,
        )
        const here = parent ? spans.filter((span) => span.parent === parent.id) : spans
        return here.length > 0 && here
      },
      30,
    )
    assert.equal(found.length, 1, `${found.length} of ${service}: ${name}`)
    return found[0]!
  }

  test('a task, its reminder and the mail are one trace', async () => {
    const token = await signup('traced@example.com')
    const caller = { trace: '4bf92f3577b34da6a3ce929d0e0e4736', span: '00f067aa0ba902b7' }
    const created = await request(
      'POST',
      '/api/v1/tasks',
      token,
      {
        title: 'Call the bank',
        due_date: new Date(Date.now() + 3_600_000 + 1_000).toISOString(),
        reminders: [{ type: '1_hour_before' }],
      },
      { traceparent: `00-${caller.trace}-${caller.span}-00` },
    )
    assert.deepEqual([created.status, created.trace], [201, caller.trace])
    await eventually('the reminder is sent', async () => {
      const { body } = await request('GET', `/api/v1/tasks/${created.body.id}`, token)
      return body.reminders[0].state === 'sent'
    })
    const records = await eventually('all of it is audited', async () => {
      const { body } = await request('GET', `/api/v1/audit?task_id=${created.body.id}`, token)
      return body.data.length === 3 && (body.data as Json[])
    })

    const { trace } = caller
    const served = await one(trace, 'chat-api', 'POST /api/v1/tasks')
    assert.deepEqual([served.id, served.parent], [created.span, caller.span])
    await one(trace, 'chat-api', 'process task-events', served)
    await one(trace, 'audit-logger', 'process task-events', served)
    const handled = await one(trace, 'reminder-service', 'process task-events', served)
    assert.deepEqual(handled.links, [], 'daprd 1.18.2 delivers raw events in bulk without a trace context')
    const fired = await one(trace, 'reminder-service', 'fire reminder', handled)
    await one(trace, 'chat-api', 'process task-reminders', fired)
    await one(trace, 'audit-logger', 'process task-reminders', fired)
    const due = await one(trace, 'notification-service', 'process task-reminders', fired)
    const sent = await one(trace, 'notification-service', 'send email', due)
    assert.deepEqual([sent.kind, sent.isError], ['client', false])
    await one(trace, 'chat-api', 'process task-reminders', sent)
    await one(trace, 'audit-logger', 'process task-reminders', sent)

    const publishing = [
      await one(trace, 'chat-api', 'publish task-events', served),
      await one(trace, 'reminder-service', 'publish task-reminders', fired),
      await one(trace, 'notification-service', 'publish task-reminders', sent),
    ]
    // The sidecar reports each call too, as a child of ours.
    await eventually('the spans of the sidecars are there', async () =>
      publishing.every((ours) =>
        collector.spans.some((span) => span.parent === ours.id && span.trace === trace && span.scope !== 'taskflow'),
      ),
    )
    const traceparentOf = ({ id }: CollectedSpan) => `00-${trace}-${id}-01`
    assert.deepEqual(
      Object.fromEntries(records.map(({ type, traceparent }) => [type, traceparent])),
      {
        'task.created': traceparentOf(served),
        'reminder.due': traceparentOf(fired),
        'reminder.sent': traceparentOf(sent),
      },
      'sidecars leave the trace context of events unchanged',
    )
    assert.ok(
      !/traced@example|Call the bank|tf_/.test(JSON.stringify(collector.spans)),
      'nothing personal is in a span',
    )
  })

  test('an invocation of another service goes through both sidecars', async () => {
    const token = await signup('asking@example.com')
    const { status, trace } = await request('GET', '/api/v1/audit', token)
    assert.equal(status, 200)
    const way: string[] = []
    let current = await one(trace, 'audit-logger', 'GET /audit/events')
    while (true) {
      way.push(`${current.service} ${current.scope === 'taskflow' ? current.name : 'sidecar'}`)
      const { parent } = current
      if (parent === '') break
      current = await eventually('its parent is there', async () => collector.spans.find(({ id }) => id === parent))
    }
    assert.deepEqual(way, [
      'audit-logger GET /audit/events',
      'audit-logger sidecar',
      'chat-api sidecar',
      'chat-api invoke audit-logger',
      'chat-api GET /api/v1/audit',
    ])
  })
})
