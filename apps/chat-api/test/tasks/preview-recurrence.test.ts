import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startChatApi } from '../../testing/start-chat-api.ts'

test('a rule is shown as a sentence and its dates, local and in UTC', async (t) => {
  const { signup } = await startChatApi(t)
  const ada = await signup()
  const { status, body } = await ada.post('/api/v1/recurrence/preview', {
    rule: 'monthly',
    start: '2026-01-31T09:00:00',
    time_zone: 'Europe/Berlin',
    count: 2,
  })
  assert.equal(status, 200)
  assert.equal(body.description, 'every month on day 31, on the last day of shorter months at 09:00, Europe/Berlin')
  assert.deepEqual(body.occurrences, [
    { local: '2026-01-31T09:00:00', utc: '2026-01-31T08:00:00Z' },
    { local: '2026-02-28T09:00:00', utc: '2026-02-28T08:00:00Z' },
  ])
  const own = { rule: 'DTSTART;TZID=America/New_York:20260101T090000\nRRULE:FREQ=DAILY;COUNT=1' }
  assert.deepEqual((await ada.post('/api/v1/recurrence/preview', own)).body.occurrences, [
    { local: '2026-01-01T09:00:00', utc: '2026-01-01T14:00:00Z' },
  ])
})

test('a start that is a day alone makes days of it', async (t) => {
  const { signup } = await startChatApi(t)
  const ada = await signup()
  const { status, body } = await ada.post('/api/v1/recurrence/preview', {
    ...{ pattern: 'weekly', start: '2026-01-30', time_zone: 'Europe/Berlin', count: 2 },
  })
  assert.deepEqual([status, body.description], [200, 'every week'])
  assert.deepEqual(body.occurrences, [
    { local: '2026-01-30', utc: '2026-01-29T23:00:00Z' },
    { local: '2026-02-06', utc: '2026-02-05T23:00:00Z' },
  ])
})

test('errors name the field and the part of the rule', async (t) => {
  const { signup } = await startChatApi(t)
  const ada = await signup()
  const refused: [object, string, RegExp][] = [
    [{ rule: 'daily' }, 'start', /needed/],
    [{ rule: 'FREQ=DAILY;BYHOUR=24', start: '2026-01-01T09:00' }, 'rule', /^BYHOUR/],
    [{ rule: 'daily', start: '2026-13-01T09:00:00' }, 'start', /DTSTART/],
    [{ rule: 'daily', start: '2026-01-01T09:00:00Z' }, 'start', /local/],
    [{ rule: 'daily', start: '2026-01-01T09:00:00', count: 501 }, 'count', /500/],
  ]
  for (const [input, path, message] of refused) {
    const { status, body } = await ada.post('/api/v1/recurrence/preview', input)
    assert.deepEqual([status, body.errors[0].path], [422, path], JSON.stringify(input))
    assert.match(body.errors[0].message, message)
  }
})
