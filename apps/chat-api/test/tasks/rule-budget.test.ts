import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeClock, withinCpuTime } from '@taskflow/test-kit'
import { filesOf } from '../../testing/files.ts'
import { connectMcp } from '../../testing/mcp-client.ts'
import { startChatApi } from '../../testing/start-chat-api.ts'

const start = async (t: Parameters<typeof startChatApi>[0]) => {
  const api = await startChatApi(t, { clock: fakeClock('2026-11-21T10:00:00Z') })
  return { api, ada: await api.signup() }
}

/** As much as a rule may cost: three times 160 years of days, none of which matches. */
const never = Array(3).fill('RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30').join('\n')
/** More than that. */
const heavy = 'DTSTART:10000101T000000\nRRULE:FREQ=SECONDLY;INTERVAL=59;BYHOUR=1;BYMINUTE=59;BYSECOND=59;COUNT=10000'
const recurring = { title: 'x', rule: never, start_date: '2026-12-01T09:00:00' }

test('a rule that costs too much, begins too early or has too many lines is refused wherever it is given', async (t) => {
  const { ada } = await start(t)
  const late = heavy.replace('1000', '1900')
  const previews = '/api/v1/recurrence/preview'
  const rules: [string, RegExp][] = [
    [heavy, /^DTSTART: must be in 1900 or later/],
    [late, /^RRULE: takes more than 200000 steps/],
    [Array(24).fill(never.slice(0, 40)).join('\n'), /^RRULE: is given 24 times; write at most 3/],
  ]
  for (const [rule, message] of rules)
    for (const [path, field, body] of [
      ['/api/v1/tasks', 'recurrence_rule', { title: 'x', recurrence_rule: rule }],
      ['/api/v1/recurring-tasks', 'rule', { title: 'x', rule, start_date: '2026-12-01' }],
      [previews, 'rule', { rule, ...(rule.startsWith('DTSTART') ? {} : { start: '2026-12-01T09:00:00' }) }],
    ] as const) {
      // Its first dates are found soon.
      if (path === previews && rule === late) continue
      const answer = await ada.post(path, body)
      assert.deepEqual([answer.status, answer.body.errors?.[0].path], [422, field], `${path} ${rule}`)
      assert.match(answer.body.errors[0].message, message)
    }
})

test('the rules of a bulk request share a budget; what exceeds it is refused by name, the rest is done', async (t) => {
  const { ada } = await start(t)
  const create = (recurrence_rule: string | null) => ({ action: 'create', task: { title: 'x', recurrence_rule } })
  const operations = [...Array(99).fill(create(never)), create(null)]
  const { body } = await withinCpuTime(5_000, () => ada.post('/api/v1/tasks/bulk', { operations }))
  const statuses = body.results.map(({ status }: { status: number }) => status)
  assert.deepEqual([statuses[0], statuses[98], statuses[99]], [201, 422, 201])
  assert.match(body.results[98].problem.detail, /"recurrence steps of a request"/)
  assert.equal((await ada.post('/api/v1/tasks', { title: 'y', recurrence_rule: never })).status, 201, 'each its own')
})

test('lists, exports and MCP show recurring tasks whose rules cost too much, without next dates', async (t) => {
  const { api, ada } = await start(t)
  for (let index = 0; index < 8; index++)
    await ada.post('/api/v1/recurring-tasks', { ...recurring, rule: 'daily', recurrence_mode: 'on_completion' })
  // As saved before costs were bounded.
  const { rows } = await api.service.database.pool.query(
    'UPDATE tasks.series SET rule = $1 WHERE id = (SELECT id FROM tasks.series LIMIT 1) RETURNING id',
    [heavy],
  )
  const [{ id }] = rows as [{ id: string }]
  const dates = (data: { id: string; next_occurrence: string | null }[]) =>
    data.map((each) => [each.id === id, each.next_occurrence !== null])
  const expected = (data: { id: string }[]) => data.map((each) => [each.id === id, each.id !== id])
  const { status, body } = await ada.get('/api/v1/recurring-tasks')
  assert.equal(status, 200)
  assert.deepEqual(dates(body.data), expected(body.data))
  const one = await ada.get(`/api/v1/recurring-tasks/${id}`)
  assert.deepEqual([one.status, one.body.next_occurrence, one.body.upcoming], [200, null, []])
  const exported = JSON.parse(await filesOf(api, ada.token).export())
  assert.deepEqual(dates(exported.recurring_tasks), expected(exported.recurring_tasks))
  const { token } = (await ada.post('/api/v1/auth/tokens', { name: 'MCP', scopes: ['tasks:read'] })).body
  const client = await connectMcp(t, api.service.url, token)
  const { structuredContent } = await client.callTool({ name: 'list_recurring', arguments: {} })
  const { series } = structuredContent as { series: Parameters<typeof dates>[0] }
  assert.deepEqual(dates(series), expected(series))
})

test('the rules of a list share a budget: what exceeds it has no next date', async (t) => {
  const { api, ada } = await start(t)
  for (let index = 0; index < 20; index++)
    await ada.post('/api/v1/recurring-tasks', { ...recurring, rule: 'daily', recurrence_mode: 'on_completion' })
  const almost = `${never}\nRDATE:20270101T000000`
  await api.service.database.pool.query('UPDATE tasks.series SET rule = $1', [almost])
  const { status, body } = await ada.get('/api/v1/recurring-tasks')
  assert.equal(status, 200)
  const known = body.data.filter((each: { next_occurrence: string | null }) => each.next_occurrence !== null)
  assert.deepEqual(known.length, 5)
})
