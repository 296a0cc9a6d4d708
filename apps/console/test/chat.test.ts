import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChatAction, ChatMessage } from '../src/api/openapi.d.ts'
import { headingOf, summaryOf, thingsOf } from '../src/chat/describe-action.ts'
import { readProse } from '../src/chat/read-prose.ts'
import { addedIn, type SeenTask, tasksIn } from '../src/chat/tasks-in.ts'

test('text renders as paragraphs and lists, and nothing else', () => {
  const list = (...items: string[]) => ({ kind: 'list', items: items.map((text) => ({ text })) })
  const cases: [string, unknown[]][] = [
    ['', []],
    [
      'One\ntwo\n\nthree',
      [
        { kind: 'text', lines: ['One', 'two'] },
        { kind: 'text', lines: ['three'] },
      ],
    ],
    ['These:\n- milk\n* eggs', [{ kind: 'text', lines: ['These:'] }, list('milk', 'eggs')]],
    ['- milk\n\n- eggs\n  and bread', [list('milk', 'eggs\nand bread')]],
    [
      '2. two\n3) three\n- dash',
      [
        {
          kind: 'list',
          items: [
            { number: 2, text: 'two' },
            { number: 3, text: 'three' },
          ],
        },
        list('dash'),
      ],
    ],
    ['-5 degrees, 3.5 kg', [{ kind: 'text', lines: ['-5 degrees, 3.5 kg'] }]],
    ['<b>[a](https://b.example)</b>', [{ kind: 'text', lines: ['<b>[a](https://b.example)</b>'] }]],
  ]
  for (const [text, blocks] of cases) assert.deepEqual(readProse(text), blocks, text)
})

const action = (given: Partial<ChatAction>): ChatAction => ({
  ...{ id: 'a', conversation_id: 'c', tool: 'delete_tasks', state: 'pending', input: {}, can_undo: false },
  ...{ created_at: '2031-01-01T08:00:00Z', expires_at: null, decided_at: null },
  summary: 'Delete tasks (1): “Milk (2): skimmed”',
  ...given,
})
const milk: SeenTask = { id: 'm', title: 'Milk', due_date: '2031-01-02T08:00:00Z' }
const answer = (tool: string, output: object): ChatMessage => ({
  id: tool,
  role: 'assistant',
  parts: [{ type: `tool-${tool}`, toolCallId: tool, state: 'output-available', input: {}, output }],
})
const where = { zone: 'UTC', locale: 'en-GB' }

test('an action describes its subject, with links to existing tasks', () => {
  const seen = tasksIn([answer('find_tasks', { tasks: [milk] })])
  const things = (given: Partial<ChatAction>, added: SeenTask[] = []) =>
    thingsOf(action(given), { get: (id) => seen.get(id), added }, where)
  assert.deepEqual(things({ input: { ids: ['m'] } }), [{ id: 'm', title: 'Milk', details: [] }])
  assert.deepEqual(things({ input: { ids: ['m'] }, state: 'done' }), [{ title: 'Milk', details: [] }])
  assert.equal(things({ input: { ids: ['m', 'unknown'] } }), undefined)
  assert.equal(things({ input: { series_id: 's' } }), undefined)
  const updates = [
    { id: 'm', changes: { priority: 'high', tags: [], due_date: null, reminders: [{ type: 'before' }] } },
  ]
  assert.deepEqual(things({ tool: 'update_tasks', input: { updates } }), [
    { id: 'm', title: 'Milk', details: ['priority: high', 'tags: none', 'due: no date', 'reminders: changed'] },
  ])
  assert.deepEqual(things({ tool: 'reschedule', input: { moves: [{ id: 'm', due_date: '2031-01-05T09:00' }] } }), [
    { id: 'm', title: 'Milk', details: ['to 5 Jan 2031 09:00'] },
  ])
  const odd = { moves: [{ id: 'm', due_date: '20310105T09' }] }
  assert.deepEqual(things({ tool: 'reschedule', input: odd })?.[0]?.details, ['to 20310105T09'])
  const tasks = [{ title: 'Milk', due_date: '2031-01-02T08:00' }]
  const added = addedIn(answer('add_tasks', { results: [{ status: 'done', task: milk }, { status: 'refused' }] }))
  assert.deepEqual(things({ tool: 'add_tasks', state: 'done', input: { tasks } }, added), [
    { id: 'm', title: 'Milk', details: ['2 Jan 2031 08:00'] },
  ])
})

test('the heading of a pending action is a question', () => {
  const ids = { ids: ['a', 'b'] }
  assert.equal(headingOf(action({ input: ids })), 'Delete 2 tasks?')
  assert.equal(headingOf(action({ input: ids, state: 'done' })), 'Deleted 2 tasks')
  assert.equal(headingOf(action({ input: ids, state: 'expired' })), 'Delete 2 tasks')
  const paused = { tool: 'pause_series', input: { series_id: 's' }, state: 'done' } as const
  assert.equal(headingOf(action(paused)), 'Paused 1 recurring task')
  assert.equal(summaryOf(action({})), '“Milk (2): skimmed”')
})
