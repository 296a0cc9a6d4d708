import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { Problem, rootOrigin, type Scope } from '@taskflow/service-kit'
import { fakeClock } from '@taskflow/test-kit'
import { z } from 'zod'
import { catalogue } from '../../../src/assistant/tools/catalogue.ts'
import { runTool } from '../../../src/assistant/tools/run-tool.ts'
import type { TaskView } from '../../../src/assistant/tools/task-view.ts'
import { type Caller, needsConfirmation, sizeOf, type ToolCall, writeTool } from '../../../src/assistant/tools/tool.ts'
import { startChatApi } from '../../../testing/start-chat-api.ts'

const noon = '2026-11-21T11:00:00Z'
const sidecarThatAnswers = (answer: unknown, requests: string[]) => ({
  publish: async () => ({ ok: true as const, failed: new Map() }),
  problemWith: async () => undefined,
  metadata: async () => ({ id: '', runtimeVersion: '', components: [], subscriptions: [] }),
  close: async () => {},
  invoke: async <T>(service: string, path: string) => {
    requests.push(`${service} ${path}`)
    return answer as T
  },
})

/** Users in Berlin, on Saturday 21 November 2026 at noon, who call the tools. */
const start = async (t: Parameters<typeof startChatApi>[0], overrides: Parameters<typeof startChatApi>[1] = {}) => {
  const { service, signup } = await startChatApi(t, { clock: fakeClock(noon), ...overrides })
  const person = async (scopes: Scope[] = ['tasks:read', 'tasks:write']) => {
    const { id } = await signup({ time_zone: 'Europe/Berlin' })
    const caller: Caller = { user: { user_id: id, role: 'user', scopes }, origin: rootOrigin() }
    /** The output, which must match its schema. */
    const use = async (name: string, input: unknown, more: Partial<Caller> = {}) => {
      const tool = catalogue.get(name)!
      const { output, undo } = await runTool(service.deps, tool, input, { ...caller, ...more })
      const { success, error } = z.strictObject(tool.output.shape).safeParse(output)
      assert.ok(success, `${name}: ${error?.message}`)
      return { output: JSON.parse(JSON.stringify(output)), undo }
    }
    return {
      id,
      use,
      add: async (...titles: string[]): Promise<{ id: string; version: number }[]> => {
        const { output } = await use('add_tasks', { tasks: titles.map((title) => ({ title })) })
        return output.results.map(({ task }: { task: object }) => task)
      },
      takeBack: async (undo: ToolCall[]) => {
        for (const { tool, input } of undo) await use(tool, input)
      },
      task: async (id: string) => (await use('get_task', { id })).output.task,
    }
  }
  return { service, person }
}

const isProblem = (problem: string, path?: string) => (error: unknown) =>
  error instanceof Problem && error.problem === problem && (path === undefined || error.errors[0]?.path === path)

test('no tool takes a user id; each has a strict input and a description', () => {
  assert.deepEqual([...catalogue.keys()].sort(), [
    ...[
      'add_reminder',
      'add_tasks',
      'agenda',
      'audit_trail',
      'complete_tasks',
      'delete_tasks',
      'find_tasks',
      'get_task',
    ],
    ...['list_recurring', 'pause_series', 'preview_recurrence', 'reopen', 'reschedule', 'restore_tasks'],
    ...['resume_series', 'search', 'snooze', 'update_tasks'],
  ])
  for (const { name, input, description } of catalogue.values()) {
    const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' })
    assert.equal(schema.additionalProperties, false, name)
    assert.doesNotMatch(JSON.stringify(schema), /user_id|"email"/, name)
    assert.match(description, /\.$/, name)
  }
})

test('tasks are added with times on the user’s clock, and the addition can be undone', async (t) => {
  const { person } = await start(t)
  const ada = await person()
  const { output, undo } = await ada.use('add_tasks', {
    tasks: [
      { title: 'dentist', due_date: '2026-11-23T09:30', reminders: [{ type: 'at', at: '2026-11-23T08:00' }] },
      { title: 'rent', due_date: '2026-12-01', recurrence_rule: 'monthly', tags: ['home'], priority: 'high' },
      { title: 'call Tokyo', due_date: '2026-11-24T09:00', time_zone: 'Asia/Tokyo' },
      { title: 'exact', due_date: '2026-11-24T09:00:00-05:00' },
      { title: 'some day' },
    ],
  })
  const dates = output.results.map(({ task }: { task: TaskView }) => [task.due_date, task.due_local])
  assert.deepEqual(dates, [
    ['2026-11-23T08:30:00Z', '2026-11-23T09:30'],
    [null, '2026-12-01'],
    ['2026-11-24T00:00:00Z', '2026-11-24T09:00'],
    ['2026-11-24T14:00:00Z', '2026-11-24T15:00'],
    [null, null],
  ])
  assert.equal(output.results[0].task.reminders[0].at, '2026-11-23T07:00:00Z')
  assert.ok(output.results[1].task.series_id)
  await ada.takeBack(undo)
  assert.deepEqual((await ada.use('find_tasks', { state: 'all' })).output.tasks, [])
})

test('rejected changes do not affect the others, and each gives its reason', async (t) => {
  const { person } = await start(t)
  const [ada, bob] = [await person(), await person()]
  const [milk] = await ada.add('milk')
  const [other] = await bob.add('hers alone')
  const progress: number[][] = []
  const { output } = await ada.use(
    'complete_tasks',
    { ids: [milk!.id, other!.id, randomUUID()] },
    { onProgress: (...step) => progress.push(step) },
  )
  assert.deepEqual(
    output.results.map(({ status, reason }: { status: string; reason?: string }) => [status, reason]),
    [
      ['done', undefined],
      ['refused', 'there is no such task'],
      ['refused', 'there is no such task'],
    ],
  )
  assert.deepEqual([output.done, output.refused], [1, 2])
  assert.deepEqual(progress, [[1, 3], [2, 3], [3, 3]]) // biome-ignore format: a step a pair
  assert.equal((await bob.task(other!.id)).is_completed, false)
  const bad = await ada.use('add_tasks', { tasks: [{ title: 'x', recurrence_rule: 'FREQ=NEVER' }, { title: 'y' }] })
  assert.deepEqual([bad.output.results[0].status, bad.output.results[1].status], ['refused', 'done'])
  assert.match(bad.output.results[0].reason, /recurrence_rule: FREQ/)
})

test('a call cancelled halfway has no effect', async (t) => {
  const { person, service } = await start(t)
  const ada = await person()
  const tasks = await ada.add('a', 'b', 'c')
  const controller = new AbortController()
  const events = (await service.outbox('tasks')).length
  await assert.rejects(
    ada.use(
      'complete_tasks',
      { ids: tasks.map(({ id }) => id) },
      { signal: controller.signal, onProgress: (done) => done === 2 && controller.abort() },
    ),
    { name: 'AbortError' },
  )
  assert.equal((await ada.use('find_tasks', {})).output.tasks.length, 3)
  assert.equal((await service.outbox('tasks')).length, events)
})

test('every change can be undone', async (t) => {
  const { person } = await start(t)
  const ada = await person()
  const [task] = await ada.add('water the plants')
  const { id } = task!
  const reminders = [{ type: 'before', offset: 'PT30M' }]
  await ada.use('update_tasks', {
    updates: [{ id, changes: { due_date: '2026-11-25T10:00', reminders, tags: ['home'] } }],
  })
  const content = async () => {
    const { version: _, reminders, ...rest } = await ada.task(id)
    return { ...rest, reminders: reminders.map(({ id: _, ...each }: { id: string }) => each) }
  }
  const before = await content()
  const changes: [string, object][] = [
    ['snooze', { id, reminder_id: (await ada.task(id)).reminders[0].id, for: 'P5D' }],
    ['complete_tasks', { ids: [id] }],
    ['reschedule', { moves: [{ id, due_date: '2026-11-27' }] }],
    ['reschedule', { moves: [{ id, due_date: null }] }],
    [
      'update_tasks',
      { updates: [{ id, changes: { title: 'flowers', priority: 'low', tags: [], category: 'garden' } }] },
    ],
    ['update_tasks', { updates: [{ id, changes: { reminders: [], description: 'all of them' } }] }],
    ['add_reminder', { id, reminder: { type: 'at', at: '2026-11-24T18:00' } }],
    ['delete_tasks', { ids: [id] }],
  ]
  for (const [tool, input] of changes) {
    const { output, undo } = await ada.use(tool, input)
    assert.equal(output.done, 1, `${tool}: ${JSON.stringify(output)}`)
    if (tool !== 'delete_tasks') assert.notDeepEqual(await content(), before, tool)
    await ada.takeBack(undo)
    assert.deepEqual(await content(), before, `${tool} ${JSON.stringify(input)} was taken back`)
  }
  // A change without effect has nothing to undo.
  assert.deepEqual((await ada.use('reopen', { ids: [id] })).undo, [])
})

test('a recurring task is listed, paused and resumed', async (t) => {
  const { person } = await start(t)
  const [ada, bob] = [await person(), await person()]
  await ada.use('add_tasks', {
    tasks: [{ title: 'stand-up', due_date: '2026-11-23T09:00', recurrence_rule: 'FREQ=WEEKLY;BYDAY=MO,TH' }],
  })
  const { output } = await ada.use('list_recurring', {})
  const [series] = output.series
  assert.deepEqual([output.series.length, series.title, series.is_active], [1, 'stand-up', true])
  const { undo } = await ada.use('pause_series', { series_id: series.id })
  assert.equal((await ada.use('list_recurring', { is_active: true })).output.series.length, 0)
  await ada.takeBack(undo)
  assert.equal((await ada.use('list_recurring', { is_active: true })).output.series.length, 1)
  await assert.rejects(bob.use('pause_series', { series_id: series.id }), isProblem('not-found'))
  assert.deepEqual((await bob.use('list_recurring', {})).output.series, [])
})

test('the agenda follows the days of the user', async (t) => {
  const { person } = await start(t)
  const ada = await person()
  await ada.use('add_tasks', {
    tasks: [
      ...[
        ['late', '2026-11-20T10:00'],
        ['this morning', '2026-11-21T08:00'],
        ['tonight', '2026-11-21T23:59'],
      ],
      ...[
        ['first thing tomorrow', '2026-11-22T00:00'],
        ['friday', '2026-11-27T23:00'],
        ['later', '2026-11-28T00:00'],
      ],
    ].map(([title, due_date]) => ({ title, due_date })),
  })
  const shown = async (range: string) => {
    const { overdue, due } = (await ada.use('agenda', { range })).output
    return [overdue, due].map((tasks) => tasks.map(({ title }: { title: string }) => title))
  }
  const overdue = ['late', 'this morning']
  assert.deepEqual(await shown('overdue'), [overdue, []])
  assert.deepEqual(await shown('today'), [overdue, ['tonight']])
  assert.deepEqual(await shown('tomorrow'), [[], ['first thing tomorrow']])
  assert.deepEqual(await shown('week'), [overdue, ['tonight', 'first thing tomorrow', 'friday']])
})

test('tasks are found by fields and by words, in pages, for their owner only', async (t) => {
  const { person } = await start(t)
  const [ada, bob] = [await person(), await person()]
  await bob.add('buy milk too')
  await ada.use('add_tasks', {
    tasks: [
      { title: 'buy milk', tags: ['home', 'shop'], due_date: '2026-11-22' },
      { title: 'buy bread', tags: ['home'], due_date: '2026-11-23' },
      { title: 'write', priority: 'high' },
    ],
  })
  const titles = async (tool: string, input: object): Promise<string[]> =>
    (await ada.use(tool, input)).output.tasks.map(({ title }: { title: string }) => title)
  assert.deepEqual(await titles('find_tasks', { tags: ['home', 'shop'] }), ['buy milk'])
  assert.deepEqual(await titles('find_tasks', { due_before: '2026-11-23T00:00' }), ['buy milk'])
  assert.deepEqual(await titles('find_tasks', { priority: 'high' }), ['write'])
  assert.deepEqual(await titles('search', { query: 'milk' }), ['buy milk'])
  assert.equal((await ada.use('search', { query: 'mlik' })).output.is_fuzzy, true)
  const first = (await ada.use('find_tasks', { limit: 2 })).output
  const second = (await ada.use('find_tasks', { limit: 2, cursor: first.next_cursor })).output
  assert.deepEqual(
    [...first.tasks, ...second.tasks].map(({ title }) => title),
    ['buy milk', 'buy bread', 'write'],
  )
})

test('a rule is explained on the clock of the user', async (t) => {
  const { person } = await start(t)
  const ada = await person()
  const { output } = await ada.use('preview_recurrence', { pattern: 'daily', count: 2 })
  assert.match(output.description, /every day at 12:00, Europe\/Berlin/)
  assert.deepEqual(
    output.occurrences.map(({ local }: { local: string }) => local),
    ['2026-11-21T12:00:00', '2026-11-22T12:00:00'],
  )
  await assert.rejects(ada.use('preview_recurrence', { rule: 'FREQ=DAILY;BYEASTER=0' }), isProblem('invalid', 'rule'))
})

test('the history of a task comes from audit-logger, for its owner only', async (t) => {
  const requests: string[] = []
  const record = {
    ...{ sequence: 1, event_id: randomUUID(), type: 'task.updated', time: noon },
    data: { user_id: 'u', changed: { title: ['a', 'b'] } },
  }
  const { person } = await start(t, {
    sidecar: sidecarThatAnswers({ data: [record], next_cursor: null }, requests) as never,
  })
  const ada = await person()
  const task_id = randomUUID()
  const { output } = await ada.use('audit_trail', { task_id })
  const { event_id, type, time } = record
  assert.deepEqual(output.records, [{ event_id, type, time, changed: { title: ['a', 'b'] } }])
  assert.match(requests[0]!, new RegExp(`task_id=${task_id}.*user_id=${ada.id}`))
})

test('a read-only token changes nothing; invalid input names the field', async (t) => {
  const { person } = await start(t)
  const [reader, ada] = [await person(['tasks:read']), await person()]
  const calls: Record<string, object> = {
    add_tasks: { tasks: [{ title: 'x' }] },
    delete_tasks: { ids: [randomUUID()] },
  }
  for (const [tool, input] of Object.entries(calls))
    await assert.rejects(reader.use(tool, input), isProblem('forbidden'))
  assert.deepEqual((await reader.use('find_tasks', {})).output.tasks, [])
  for (const [tool, input, path] of [
    ['add_tasks', { tasks: [{ title: 'x', due_date: 'tomorrow' }] }, 'tasks.0.due_date'],
    ['add_tasks', { tasks: Array(26).fill({ title: 'x' }) }, 'tasks'],
    ['add_tasks', { tasks: [{ title: 'x', user_id: ada.id }] }, 'tasks.0.user_id'],
    ['get_task', { id: 'milk' }, 'id'],
    ['snooze', { id: randomUUID(), reminder_id: randomUUID() }, 'for'],
    ['update_tasks', { updates: [{ id: randomUUID(), changes: {} }] }, 'updates.0.changes'],
  ] as const)
    await assert.rejects(ada.use(tool, input), isProblem('invalid', path), `${tool} ${path}`)
})

test('deletions and bulk changes need confirmation', () => {
  const ids = (count: number) => ({ ids: Array.from({ length: count }, () => randomUUID()) })
  const asks = (name: string, input: Record<string, unknown>) => {
    const tool = catalogue.get(name)!
    return needsConfirmation(tool, tool.effect === 'reads' ? 1 : sizeOf(tool.touches(input)))
  }
  assert.equal(asks('delete_tasks', ids(1)), true)
  assert.equal(asks('complete_tasks', ids(1)), false)
  assert.equal(asks('complete_tasks', ids(2)), true)
  assert.equal(asks('add_tasks', { tasks: Array(5).fill({ title: 'x' }) }), false)
  assert.equal(asks('add_tasks', { tasks: Array(6).fill({ title: 'x' }) }), true)
  assert.equal(asks('find_tasks', {}), false)
})

interface JsonSchema {
  type?: string
  format?: string
  enum?: unknown[]
  properties?: Record<string, JsonSchema>
  items?: JsonSchema
  anyOf?: JsonSchema[]
}

/** An input with all that a schema allows: two items in each list, a different text in each field. */
const fullInput = (schema: JsonSchema, field: string, found: (field: string, value: string) => void): unknown => {
  const { type, format, enum: values, properties, items, anyOf } = schema
  if (anyOf) return fullInput(anyOf.find((each) => each.type !== 'null')!, field, found)
  if (values) return values[0]
  if (type === 'array') return [1, 2].map(() => fullInput(items!, field, found))
  if (properties) {
    return Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, fullInput(each, name, found)]))
  }
  if (type !== 'string') return type === 'boolean' ? true : 1
  const value = format === 'uuid' ? randomUUID() : `text ${randomUUID()}`
  found(field, value)
  return value
}

test('every tool that writes declares each id and text of its input', () => {
  const texts = new Set(['title', 'description', 'category', 'tags'])
  let declared = 0
  for (const tool of catalogue.values()) {
    if (tool.effect === 'reads') continue
    const schema = z.toJSONSchema(tool.input, { io: 'input', unrepresentable: 'any' }) as JsonSchema
    const ids: string[] = []
    const written: string[] = []
    const input = fullInput(schema, '', (field, value) => {
      // A reminder belongs to the task named beside it.
      if (!value.startsWith('text') && field !== 'reminder_id') ids.push(value)
      if (value.startsWith('text') && texts.has(field)) written.push(value)
    })
    const touched = tool.touches(input as Record<string, unknown>)
    assert.deepEqual([...touched.tasks, ...touched.series].sort(), ids.sort(), tool.name)
    assert.deepEqual(touched.texts.toSorted(), written.sort(), tool.name)
    assert.ok(sizeOf(touched) > 0, `${tool.name} touches nothing, so it would never wait for a confirmation`)
    declared += ids.length + written.length
  }
  assert.ok(declared > 20, `${declared} ids and texts`)
})

test('a tool that can exclude tasks from a call excludes them', () => {
  const [excluded, kept] = [randomUUID(), randomUUID()]
  const inputs: Record<string, Record<string, unknown>> = {
    complete_tasks: { ids: [excluded, kept] },
    update_tasks: { updates: [excluded, kept].map((id) => ({ id, changes: { title: 'x' } })) },
    reschedule: { moves: [excluded, kept].map((id) => ({ id, due_date: null })) },
  }
  for (const [name, input] of Object.entries(inputs)) {
    const tool = catalogue.get(name)!
    assert.ok(tool.effect !== 'reads' && tool.withoutTasks, name)
    assert.deepEqual(tool.touches(tool.withoutTasks(input, new Set([excluded]))).tasks, [kept], name)
  }
})

test('a tool that writes without declaring what it touches does not compile', () => {
  // @ts-expect-error: `touches` is missing
  const undeclared = writeTool({
    ...{ name: 'silent', title: 'Silent', description: 'Says nothing.', effect: 'changes', isIdempotent: true },
    ...{ input: z.strictObject({ task_id: z.uuid() }), output: z.object({}) },
    run: async () => ({ output: {}, undo: [] }),
  })
  assert.equal(undeclared.touches, undefined)
})

test('a date alone is a day: a due date, a filter from its beginning, a reminder at the reminder time', async (t) => {
  const { person } = await start(t)
  const { use } = await person()
  const { output } = await use('add_tasks', {
    tasks: [
      {
        title: 'Vote',
        due_date: '2026-11-25',
        reminder_time: '07:00',
        reminders: [
          { type: 'at', at: '2026-11-24' },
          { type: 'before', offset: 'PT0S' },
        ],
      },
      { title: 'Early', due_date: '2026-11-25T06:00' },
    ],
  })
  const [vote] = output.results.map(({ task }: { task: TaskView }) => task) as [TaskView]
  assert.deepEqual(
    [vote.due_on, vote.due_local, vote.reminders.map(({ at }) => at)],
    ['2026-11-25', '2026-11-25', ['2026-11-24T06:00:00Z', '2026-11-25T06:00:00Z']],
  )
  const due = await use('find_tasks', { due_after: '2026-11-25', due_before: '2026-11-26' })
  assert.deepEqual(
    due.output.tasks.map(({ title }: TaskView) => title),
    ['Early', 'Vote'],
  )
  const series = await use('add_tasks', {
    tasks: [{ title: 'Gym', due_date: '2026-11-23', recurrence_rule: 'weekly' }],
  })
  assert.equal(series.output.results[0].task.due_on, '2026-11-23')
  const { output: recurring } = await use('list_recurring', {})
  assert.deepEqual(
    recurring.series.map(({ start_on, schedule }: { start_on: string; schedule: string }) => [start_on, schedule]),
    [['2026-11-23', 'every week']],
  )
})
