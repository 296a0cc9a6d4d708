import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import ICAL from 'ical.js'
import { calendarZone } from '../../src/transfer/calendar-zone.ts'
import { filesOf } from '../../testing/files.ts'
import { startChatApi } from '../../testing/start-chat-api.ts'

const now = '2026-03-27T11:00:00Z'
const feed = '/api/v1/calendar-feed'

const start = async (t: Parameters<typeof startChatApi>[0]) => {
  const clock = fakeClock(now)
  const api = await startChatApi(t, { clock })
  const [ada, eve] = [await api.signup({ time_zone: 'Europe/Berlin' }), await api.signup()]
  /** The path of a new feed URL. */
  const address = async (person = ada) => new URL((await person.post(feed)).body.url).pathname
  const events = (text: string) => new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent')
  const task = async (fields: object) =>
    (await ada.post('/api/v1/tasks', { title: 'x', due_date: '2026-04-01T07:00:00Z', ...fields })).body
  return { clock, api, ada, eve, address, events, task, files: filesOf(api) }
}

test('a feed URL shows due tasks to its holder until it is replaced or revoked', async (t) => {
  const { api, ada, eve, address, events, task, files } = await start(t)
  assert.equal((await ada.get(feed)).status, 404)
  await task({ title: 'Mine' })
  await eve.post('/api/v1/tasks', { title: 'of Eve', due_date: '2026-04-01T07:00:00Z' })
  const { status, body } = await ada.post(feed)
  assert.equal(status, 201)
  assert.match(body.url, /^http:\/\/localhost:8080\/calendar\/tfc_[\w-]{43}\.ics$/)
  const first = new URL(body.url).pathname
  const shown = await files.get(first)
  assert.equal(shown.headers.get('content-type'), 'text/calendar; charset=utf-8')
  assert.deepEqual(
    events(shown.text).map((event) => event.getFirstPropertyValue('summary')),
    ['Mine'],
  )
  assert.deepEqual((await ada.get(feed)).body, { created_at: now })
  const stored = await api.service.database.pool.query('SELECT * FROM identity.calendar_feeds')
  assert.doesNotMatch(JSON.stringify(stored.rows), /tfc_/)
  const evesAddress = await address(eve)
  const second = await address()
  assert.deepEqual([(await files.get(first)).status, (await files.get(second)).status], [404, 200])
  assert.equal((await ada.delete(feed)).status, 204)
  assert.equal((await ada.delete(feed)).status, 204)
  assert.deepEqual([(await files.get(second)).status, (await files.get(evesAddress)).status], [404, 200])
  assert.equal((await ada.get(feed)).status, 404)
  for (const wrong of ['x', 'tfc_', first.slice(10, -5), '%00', 'a'.repeat(300)])
    assert.equal((await files.get(`/calendar/${wrong}.ics`)).status, 404, wrong)
})

test('an unchanged calendar is not sent again', async (t) => {
  const { clock, api, ada, address, task, files } = await start(t)
  const path = await address()
  const states: string[] = []
  const unchanged = async () => (await files.get(path, { 'if-none-match': states.at(-1) ?? '' })).status === 304
  const look = async () => states.push((await files.get(path)).headers.get('etag')!)
  await look()
  clock.advance({ minutes: 1 })
  assert.ok(await unchanged())
  const one = await task({})
  for (const change of [
    () => ada.patch(`/api/v1/tasks/${one.id}`, { title: 'y' }),
    () => task({}),
    () => ada.post(`/api/v1/tasks/${one.id}/complete`),
    () => ada.post(`/api/v1/tasks/${one.id}/reopen`),
    () => ada.delete(`/api/v1/tasks/${one.id}`),
  ]) {
    await look()
    clock.advance({ minutes: 1 })
    assert.ok(await unchanged())
    await change()
    assert.ok(!(await unchanged()), String(change))
  }
  assert.match((await files.get(path)).headers.get('cache-control')!, /private/)
  const head = await fetch(new URL(path, api.service.url), { method: 'HEAD' })
  assert.deepEqual([head.status, await head.text()], [200, ''])
})

test('only open tasks with a due date are events; a rule is included where it means the same', async (t) => {
  const { ada, address, events, task, files } = await start(t)
  const rules: [object, string | null][] = [
    [{ recurrence_rule: 'daily', recurrence_interval: 3 }, 'FREQ=DAILY;INTERVAL=3'],
    [{ recurrence_rule: 'monthly' }, 'FREQ=MONTHLY'],
    [
      { recurrence_rule: 'monthly', due_date: '2026-03-31T07:00:00Z' },
      'FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1',
    ],
    [{ recurrence_rule: 'RRULE:freq=weekly;byday=mo' }, 'FREQ=WEEKLY;BYDAY=MO'],
    [{ recurrence_rule: 'FREQ=DAILY;UNTIL=20260430' }, 'FREQ=DAILY;UNTIL=20260430T215959Z'],
    [{ recurrence_rule: 'FREQ=DAILY;COUNT=3' }, 'FREQ=DAILY;COUNT=3'],
    [{ recurrence_rule: 'FREQ=DAILY\nEXDATE:20260405T090000' }, 'FREQ=DAILY'],
    [{ recurrence_rule: 'FREQ=DAILY\nRRULE:FREQ=YEARLY' }, null],
    [{ recurrence_rule: 'daily', recurrence_anchor: 'completed_at' }, null],
    [{}, null],
  ]
  for (const [index, [fields]] of rules.entries()) await task({ title: String(index), ...fields })
  await task({ title: 'no date', due_date: null })
  const done = await task({ title: 'done' })
  await ada.post(`/api/v1/tasks/${done.id}/complete`)
  const found = events((await files.get(await address())).text)
  const byTitle = new Map(found.map((event) => [String(event.getFirstPropertyValue('summary')), event]))
  assert.equal(byTitle.size, rules.length)
  for (const [index, [fields, rule]] of rules.entries()) {
    const event = byTitle.get(String(index))!
    assert.equal(event.getFirstPropertyValue('rrule')?.toString() ?? null, rule, JSON.stringify(fields))
  }
  assert.equal(String(byTitle.get('6')!.getFirstPropertyValue('exdate')), '2026-04-05T09:00:00')
  const event = byTitle.get('9')!
  assert.equal(String(event.getFirstPropertyValue('dtstart')), '2026-04-01T09:00:00')
  assert.equal(event.getFirstPropertyValue('transp'), 'TRANSPARENT')
})

test('one task makes one event, whatever its category and tags hold', async (t) => {
  const { api, ada, address, events, task, files } = await start(t)
  const lines = 'x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:injected'
  await task({ category: lines, tags: [lines] })
  const feed = (await files.get(await address())).text
  const [event, ...others] = events(feed)
  assert.deepEqual([others.length, event!.getAllProperties('summary').length], [0, 1])
  const read = lines.replaceAll('\r\n', '\n')
  assert.equal(event!.getFirstPropertyValue('x-taskflow-category'), read)
  assert.equal(event!.getFirstPropertyValue('categories'), read)
  const file = await filesOf(api, ada.token).export('ics')
  assert.equal(new ICAL.Component(ICAL.parse(file)).getAllSubcomponents('vtodo').length, 1)
})

test('reminders are alarms', async (t) => {
  const { address, events, task, files } = await start(t)
  await task({
    reminders: [
      { type: 'before', offset: 'P1D' },
      { type: 'at', at: '2026-04-01T06:00:00Z' },
    ],
  })
  const [event] = events((await files.get(await address())).text)
  const triggers = event!.getAllSubcomponents('valarm').map((alarm) => String(alarm.getFirstPropertyValue('trigger')))
  assert.deepEqual(triggers, ['-P1D', '2026-04-01T06:00:00Z'])
})

test('time zones in a calendar give the offsets of each date', () => {
  const zones = [
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kolkata',
    'Africa/Casablanca',
    'Europe/Dublin',
  ]
  for (const time_zone of zones) {
    const text = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${calendarZone(time_zone, Temporal.Instant.from(now))}END:VCALENDAR`
    const zone = new ICAL.Timezone(new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vtimezone')!)
    for (let hours = 0; hours < 2 * 366 * 24; hours += 7) {
      const moment = Temporal.Instant.from('2025-06-01T00:30:00Z').add({ hours }).toZonedDateTimeISO(time_zone)
      const local = ICAL.Time.fromData({ ...parts(moment), isDate: false }, zone)
      const isOnce = (['earlier', 'later'] as const).every((disambiguation) =>
        moment.toPlainDateTime().toZonedDateTime(time_zone, { disambiguation }).equals(moment),
      )
      // A repeated local time has two offsets.
      if (!isOnce) continue
      assert.equal(local.toUnixTime(), Math.floor(moment.epochMilliseconds / 1_000), moment.toString())
    }
  }
})

test('a time zone covers every year that something is due in', async (t) => {
  const { address, events, task, files } = await start(t)
  const dates = ['1975-07-01T07:00:00Z', '2023-07-01T07:00:00Z', '2035-07-01T07:00:00Z', '2035-12-01T08:00:00Z']
  for (const due_date of dates) await task({ title: due_date, due_date })
  const text = (await files.get(await address())).text
  const zone = new ICAL.Timezone(new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vtimezone')!)
  for (const event of events(text)) {
    const time = event.getFirstPropertyValue('dtstart') as ICAL.Time
    const moment = Temporal.Instant.from(String(event.getFirstPropertyValue('summary')))
    assert.equal(ICAL.Time.fromData(time, zone).toUnixTime(), moment.epochMilliseconds / 1_000, moment.toString())
  }
})

const parts = ({ year, month, day, hour, minute, second }: Temporal.ZonedDateTime) => ({
  year,
  month,
  day,
  hour,
  minute,
  second,
})

test('a task that is due on a day is a day in feed and export, and comes back as one', async (t) => {
  const { api, ada, address, files } = await start(t)
  const input = { title: 'Birthday', due_on: '2031-04-02', recurrence_rule: 'yearly' }
  await ada.post('/api/v1/tasks', { ...input, reminders: [{ type: 'before', offset: 'PT1H' }] })
  const { text } = await files.get(await address())
  assert.match(text, /DTSTART;VALUE=DATE:20310402\r\n/)
  assert.match(text, /TRIGGER;VALUE=DATE-TIME:20310402T060000Z/, 'an hour before 09:00')
  for (const [type, format] of [
    ['text/calendar', 'ics'],
    ['text/csv', 'csv'],
    ['application/json', 'json'],
  ] as const) {
    const other = await api.signup({ time_zone: 'Europe/Berlin' })
    await filesOf(api, other.token).import(type, await filesOf(api, ada.token).export(format))
    const { data } = (await other.get('/api/v1/tasks')).body
    const seen = data.map((task: Record<string, string> & { reminders: { at: string }[] }) => [
      task.due_on,
      task.due_date,
      /yearly/i.test(task.recurrence_rule!),
      task.reminders.map(({ at }) => at),
    ])
    assert.deepEqual(seen, [['2031-04-02', null, true, ['2031-04-02T06:00:00Z']]], type)
  }
})
