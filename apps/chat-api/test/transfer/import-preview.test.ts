import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import { filesOf } from '../../testing/files.ts'
import { startChatApi } from '../../testing/start-chat-api.ts'

const start = async (t: Parameters<typeof startChatApi>[0], env: Record<string, string> = {}) => {
  const api = await startChatApi(t, { clock: fakeClock('2026-03-27T11:00:00Z') }, env)
  const ada = await api.signup({ time_zone: 'Europe/Berlin' })
  const stored = async () => {
    const { rows } = await api.service.database.pool.query(
      `SELECT (SELECT count(*) FROM tasks.tasks)::int AS tasks, (SELECT count(*) FROM tasks.series)::int AS series,
        (SELECT count(*) FROM tasks.outbox)::int AS outbox`,
    )
    return rows[0] as { tasks: number; series: number; outbox: number }
  }
  return { api, ada, stored, files: filesOf(api, ada.token) }
}

const table = [
  'id,title,due_date,recurrence_rule,priority',
  'a,Once,2026-04-01,,high',
  'b,Weekly,2026-04-01,weekly,',
  ',No rule,2026-04-01,FREQ=DAILY;BYMONTH=13,',
  ',Someday,sometime,,',
  'a,Once more,,,',
  ...Array.from({ length: 130 }, (_, index) => `${index},n${index},02/03/2026,,`),
  'b,Weekly again,,,',
].join('\n')
const calendar = [
  ...['BEGIN:VCALENDAR', 'BEGIN:VTODO', 'UID:one', 'SUMMARY:x', 'LOCATION:here', 'DUE:soon', 'END:VTODO'],
  ...['BEGIN:VEVENT', 'UID:two', 'DTSTART:20260401T090000Z', 'RRULE:FREQ=DAILY', 'END:VEVENT', 'END:VCALENDAR'],
].join('\r\n')

test('a preview reports of every item what the import then reports, and stores nothing', async (t) => {
  const { files, stored } = await start(t)
  await files.import('text/csv', 'id,title\n7,here already')
  for (const [type, file] of [
    ['text/csv', table],
    ['text/calendar', calendar],
    ['application/json', JSON.stringify({ tasks: [{ title: 'x' }, { title: '' }, { title: 'y', owner: 1 }] })],
  ] as const) {
    const before = await stored()
    const preview = await files.import(type, file, '?preview=true')
    assert.deepEqual(await stored(), before, type)
    assert.deepEqual([preview.status, preview.body.preview], [200, true])
    const { body } = await files.import(type, file, '?preview=false')
    assert.ok((await stored()).tasks > before.tasks, JSON.stringify(body).slice(0, 600))
    assert.deepEqual({ ...preview.body, preview: false }, body, type)
    assert.deepEqual([body.created > 0, body.data.length], [true, body.created + body.existing + body.refused])
  }
  const again = await files.import('text/csv', table, '?preview=true')
  assert.deepEqual([again.body.created, again.body.existing], [0, 134])
  assert.equal(again.body.notes['date-ambiguous'], 130)
  assert.equal((await files.import('text/csv', table, '?preview=perhaps')).status, 422)
})

test('a preview counts quotas over all batches of a file', async (t) => {
  const { files, stored } = await start(t, { QUOTA_OPEN_TASKS: '120' })
  const file = `title\n${Array.from({ length: 130 }, (_, index) => `n${index}`).join('\n')}`
  const preview = await files.import('text/csv', file, '?preview=true')
  assert.deepEqual([preview.body.created, preview.body.refused], [120, 10])
  assert.equal((await stored()).tasks, 0)
  const { body } = await files.import('text/csv', file)
  assert.deepEqual({ ...preview.body, preview: false }, body)
})
