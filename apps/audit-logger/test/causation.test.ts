import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { taskCreated, taskUpdated } from '@taskflow/event-contracts'
import { anEvent, aTask } from '@taskflow/test-kit'
import { startAuditLogger } from '../testing/start-audit-logger.ts'

interface Node {
  event_id: string
  caused: Node[]
}

const shape = ({ event_id, caused }: Node): unknown => ({ [event_id]: caused.map(shape) })

const startFamily = async (t: Parameters<typeof startAuditLogger>[0], causes: Record<string, string | undefined>) => {
  const service = await startAuditLogger(t)
  const task = aTask({ title: 'Pay rent' })
  const events = Object.entries(causes).map(([id, causationid]) => ({
    ...anEvent(taskUpdated, { task, changed: {} }, { id }),
    ...(causationid ? { causationid } : {}),
  }))
  await service.deliver('task-events', [...events, anEvent(taskCreated, { task: aTask() })])
  return { ...service, task, tree: (id: string) => service.ask(`/audit/causation?event_id=${id}`) }
}

test('the causation tree of any event runs from its root cause to all its effects', async (t) => {
  const { tree } = await startFamily(t, {
    root: 'not recorded',
    left: 'root',
    right: 'root',
    leaf: 'left',
    other: undefined,
  })
  const whole = { root: [{ left: [{ leaf: [] }] }, { right: [] }] }
  for (const id of ['root', 'left', 'right', 'leaf']) {
    const { body } = await tree(id)
    assert.deepEqual([shape(body.data), body.complete], [whole, true])
  }
  assert.deepEqual(shape((await tree('other')).body.data), { other: [] })
  assert.equal((await tree('root')).body.data.data.task.title, 'Pay rent')
})

test('a user’s tree holds no records of other users', async (t) => {
  const { ask, task, deliver } = await startFamily(t, { root: undefined })
  await deliver('task-events', [{ ...anEvent(taskCreated, { task: aTask() }, { id: 'strange' }), causationid: 'root' }])
  const { body } = await ask(`/audit/causation?event_id=root&user_id=${task.user_id}`)
  assert.deepEqual(shape(body.data), { root: [] })
  assert.deepEqual(shape((await ask('/audit/causation?event_id=root')).body.data), { root: [{ strange: [] }] })
  assert.equal((await ask(`/audit/causation?event_id=root&user_id=${randomUUID()}`)).status, 404)
})

test('events that name each other as their cause do not loop', async (t) => {
  const { tree } = await startFamily(t, { a: 'b', b: 'a', self: 'self' })
  assert.deepEqual(shape((await tree('a')).body.data), { b: [{ a: [] }] })
  assert.deepEqual(shape((await tree('self')).body.data), { self: [] })
})

test('a tree is cut off after a thousand events', async (t) => {
  const children = Object.fromEntries(Array.from({ length: 1_200 }, (_, index) => [`child-${index}`, 'root']))
  const { tree } = await startFamily(t, { root: undefined, ...children })
  const { body } = await tree('root')
  assert.equal(body.complete, false)
})

test('a tree of some types holds no other records, nor begins at one', async (t) => {
  const { ask } = await startFamily(t, { root: undefined, leaf: 'root' })
  const of = (type: string) => ask(`/audit/causation?event_id=root&${type}`)
  assert.deepEqual(shape((await of('type=task.updated&type=task.created')).body.data), { root: [{ leaf: [] }] })
  assert.equal((await of('type=task.created')).status, 404)
})
