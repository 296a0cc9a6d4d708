import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Task } from '@taskflow/event-contracts'
import { fakeClock, withinCpuTime } from '@taskflow/test-kit'
import { filesOf } from '../../testing/files.ts'
import { startChatApi } from '../../testing/start-chat-api.ts'

const now = '2026-03-27T11:00:00Z'
const start = async (t: Parameters<typeof startChatApi>[0]) => {
  const clock = fakeClock(now)
  const api = await startChatApi(t, { clock })
  const person = async () => {
    const who = await api.signup({ time_zone: 'Europe/Berlin' })
    return { ...who, ...{ files: filesOf(api, who.token) } }
  }
  const [ada, eve] = [await person(), await person()]
  const tasksOf = async (who: typeof ada) => (await who.get('/api/v1/tasks?limit=200')).body.data as Task[]
  return { clock, api, ada, eve, tasksOf }
}

const counts = ({ body }: { body: Record<string, number> }) => [body.created, body.existing, body.refused]
/** What an import preserves of a task. */
const content = (task: Task) => {
  const { id, user_id, series_id, occurrence, version, created_at, updated_at, reminders, ...rest } = task
  return { ...rest, reminders: reminders.map(({ type, offset }) => [type, offset]) }
}

const fill = async (who: Awaited<ReturnType<typeof start>>['ada']) => {
  const task = async (fields: object) => (await who.post('/api/v1/tasks', fields)).body
  await task({
    title: 'Open',
    description: 'two\nlines, "quoted"',
    priority: 'high',
    tags: ['a', 'b,c'],
    category: 'home',
    due_date: '2026-04-01T07:00:00Z',
    reminders: [{ type: 'before', offset: 'P1D' }, { type: '1_hour_before' }],
  })
  await task({ title: '=formula', time_zone: 'Asia/Tokyo' })
  const done = await task({ title: 'Done' })
  await who.post(`/api/v1/tasks/${done.id}/complete`)
  const weekly = await task({
    title: 'Weekly',
    due_date: '2026-03-30T07:00:00Z',
    recurrence_rule: 'FREQ=WEEKLY;BYDAY=MO',
    recurrence_anchor: 'completed_at',
  })
  return { weekly }
}

for (const [format, type] of [
  ['json', 'application/json'],
  ['csv', 'text/csv'],
  ['ics', 'text/calendar; charset=utf-8'],
] as const) {
  test(`an export as ${format} creates the same tasks elsewhere, once; re-imported at home it creates none`, async (t) => {
    const { clock, api, ada, eve, tasksOf } = await start(t)
    await fill(ada)
    const file = await ada.files.export(format)
    clock.advance({ minutes: 30 })
    assert.deepEqual(counts(await ada.files.import(type, file)), [0, 4, 0])
    assert.deepEqual(counts(await eve.files.import(type, file)), [4, 0, 0])
    assert.deepEqual(counts(await eve.files.import(type, file)), [0, 4, 0])
    const byTitle = (tasks: Task[]) => tasks.map(content).toSorted((a, b) => a.title.localeCompare(b.title))
    const [theirs, mine] = [byTitle(await tasksOf(eve)), byTitle(await tasksOf(ada))]
    assert.deepEqual(theirs, mine)
    const { rows } = await api.service.database.pool.query('SELECT user_id FROM tasks.series')
    assert.equal(rows.length, 2)
    const created = (await api.service.outbox('tasks')).filter(({ event }) => event.type === 'task.created')
    assert.equal(created.length, 8, 'each published one event')
  })
}

test('recurring tasks are imported with their open task, or alone when they have none or are paused', async (t) => {
  const { ada, eve, tasksOf } = await start(t)
  const { weekly } = await fill(ada)
  await ada.post(`/api/v1/tasks/${weekly.id}/complete`)
  const recurring = (fields: object) =>
    ada.post('/api/v1/recurring-tasks', {
      title: 'x',
      rule: 'FREQ=DAILY',
      start_date: '2026-04-01T09:00:00',
      ...fields,
    })
  await recurring({ title: 'Scheduled' })
  const paused = await recurring({ title: 'Paused', recurrence_mode: 'on_completion' })
  await ada.post(`/api/v1/recurring-tasks/${paused.body.id}/pause`)
  const file = await ada.files.export()
  const { body } = await eve.files.import('application/json', file)
  assert.equal(body.refused, 0)
  const { data } = (await eve.get('/api/v1/recurring-tasks')).body
  const of = (title: string) => data.find((each: { title: string }) => each.title === title)
  assert.deepEqual(data.map(({ title }: { title: string }) => title).toSorted(), ['Paused', 'Scheduled', 'Weekly'])
  assert.deepEqual([of('Scheduled').is_active, of('Paused').is_active, of('Weekly').is_active], [true, false, true])
  assert.equal(of('Scheduled').next_occurrence, '2026-04-01T07:00:00Z')
  assert.deepEqual(counts(await eve.files.import('application/json', file)).slice(0, 2), [0, body.created])
  const completed = (await tasksOf(eve)).filter(({ title }) => title === 'Weekly' || title === 'Done')
  assert.ok(completed.every(({ recurrence_rule, completed_at }) => recurrence_rule === null || completed_at === null))
})

test('deleted tasks are restored, even a second time; those of others stay theirs', async (t) => {
  const { ada, eve, tasksOf } = await start(t)
  await ada.post('/api/v1/tasks', { title: 'Only' })
  const file = await ada.files.export()
  for (const _ of [1, 2]) {
    for (const { id } of await tasksOf(ada)) await ada.delete(`/api/v1/tasks/${id}`)
    assert.deepEqual(counts(await ada.files.import('application/json', file)), [1, 0, 0])
    assert.deepEqual(counts(await ada.files.import('application/json', file)), [0, 1, 0])
  }
  const [mine] = await tasksOf(ada)
  await eve.files.import('application/json', file)
  const [hers] = await tasksOf(eve)
  assert.notEqual(hers!.id, mine!.id)
  assert.equal((await eve.get(`/api/v1/tasks/${mine!.id}`)).status, 404)
})

test('of concurrent imports of a person one runs, the others are refused; another person is not affected', async (t) => {
  const { ada, eve, tasksOf } = await start(t)
  const file = `title\n${Array.from({ length: 120 }, (_, index) => `n${index}`).join('\n')}\nn1\n`
  const answers = await Promise.all([ada, ada, ada, eve].map((who) => who.files.import('text/csv', file)))
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 200, 429, 429])
  for (const { headers, body } of answers.filter(({ status }) => status === 429)) {
    assert.equal(headers.get('retry-after'), '5')
    assert.match(body.detail, /"imports at once of an account"/)
  }
  assert.deepEqual([(await tasksOf(ada)).length, (await tasksOf(eve)).length], [121, 121], 'titles may repeat')
  assert.deepEqual(counts(await ada.files.import('text/csv', file)), [0, 121, 0], 'and the next one is admitted')
})

test('an import may follow another as soon as that is answered, however slow the database is', async (t) => {
  const { api, ada } = await start(t)
  await api.service.database.pool.query(
    `CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.3); RETURN NULL; END';
     CREATE TRIGGER slow BEFORE DELETE ON identity.attempts FOR EACH STATEMENT EXECUTE FUNCTION slow()`,
  )
  for (const title of ['One', 'Two', 'Three']) {
    assert.deepEqual(counts(await ada.files.import('text/csv', `title\n${title}\n`)), [1, 0, 0])
  }
})

test('past reminders do not fire', async (t) => {
  const { ada, tasksOf } = await start(t)
  const file =
    'title,due_date,reminders,is_completed\nlong ago,2020-01-01T09:00:00Z,1_hour_before,\nsoon,2026-03-27T13:00:00Z,"before PT1H,before P1D",\ndone,2026-05-01T09:00:00Z,before PT1H,true\n'
  await ada.files.import('text/csv', file)
  const states = Object.fromEntries(
    (await tasksOf(ada)).map(({ title, reminders }) => [title, reminders.map(({ state }) => state)]),
  )
  assert.deepEqual(states, { 'long ago': ['cancelled'], soon: ['pending', 'cancelled'], done: ['cancelled'] })
})

test('imports CSV as spreadsheets write it; errors are reported per line, valid lines are imported', async (t) => {
  const { ada, tasksOf } = await start(t)
  const file = [
    '\ufeffTitle;Due_Date;Priority;Tags;is_completed',
    "'=1+1;2026-04-01 09:30;HIGH;a, b;yes",
    'a day;2026-04-01;;;',
    '',
    'offset;2026-04-01T09:00:00+02:00;;;no',
    ';2026-04-01;;;',
    'x;someday;urgent;;',
    'x;;;;maybe',
  ].join('\r\n')
  const { status, body } = await ada.files.import('text/csv', file)
  assert.equal(status, 200)
  assert.deepEqual(
    body.data.map((each: { place: string; status: string; errors?: { path: string }[] }) => [
      each.place,
      each.status,
      ...(each.errors ?? []).map(({ path }) => path),
    ]),
    [
      ['line 2', 'created'],
      ['line 3', 'created'],
      ['line 5', 'created'],
      ['line 6', 'refused', ''],
      ['line 7', 'refused', ''],
      ['line 8', 'refused', ''],
    ],
  )
  const found = (await tasksOf(ada)).map(({ title, due_date, due_on, priority, tags, completed_at }) => [
    title,
    due_on ?? due_date,
    priority,
    tags,
    completed_at,
  ])
  assert.deepEqual(
    new Set(found),
    new Set([
      ['=1+1', '2026-04-01T07:30:00Z', 'high', ['a', 'b'], now],
      ['a day', '2026-04-01', 'medium', [], null],
      ['offset', '2026-04-01T07:00:00Z', 'medium', [], null],
    ]),
  )
})

test('imports tables as spreadsheets of other languages write them', async (t) => {
  const { ada, tasksOf } = await start(t)
  const rows = (separator: string, ...lines: string[]) =>
    lines.map((line) => line.replaceAll('|', separator)).join('\r\n')
  const files = [
    rows(';', 'sep=;', 'title|due_date|is_completed', 'a, b|31.12.2026|WAHR'),
    rows('\t', 'title|due_date|is_completed', 'a, b|31.12.2026 9:05|VRAI'),
    rows(';', 'title|due_date|is_completed||', 'a, b|2026-12-31 9:06|x||', '||||'),
  ]
  for (const file of files) assert.deepEqual(counts(await ada.files.import('text/csv', file)), [1, 0, 0], file)
  const found = (await tasksOf(ada)).map(({ title, due_date, due_on, is_completed }) => [
    title,
    due_on ?? due_date,
    is_completed,
  ])
  const at = (due_date: string) => ['a, b', due_date, true]
  const due = ['2026-12-31', '2026-12-31T08:05:00Z', '2026-12-31T08:06:00Z']
  assert.deepEqual(new Set(found), new Set(due.map(at)))
  const { body } = await ada.files.import('text/csv', 'title,due_date\nx,12/2026\n,2026-12-31\n')
  const [date, title] = body.data.map(({ errors }: { errors: { message: string }[] }) => errors[0]!.message)
  assert.match(date, /"12\/2026" is no date; write 2026-12-31/)
  assert.match(title, /title: must not be empty/)
})

test('imports tables of other programs, and any with a mapping, which the error suggests', async (t) => {
  const { ada, tasksOf } = await start(t)
  const files = [
    'TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE\ntask,Todoist,,4,1,,,2027-01-05,en,\n',
    '"Date: 2027-01-01+0000"\n"Version: 7.1"\n"Status: \n0 Normal"\n"Folder Name","List Name","Title","Tags","Content","Due Date","Repeat","Priority","Status"\n"","Inbox","TickTick","","","2027-01-05T08:00:00+0000","RRULE:FREQ=DAILY","0","0"\n',
  ]
  for (const file of files) assert.deepEqual(counts(await ada.files.import('text/csv', file)), [1, 0, 0], file)
  const table = 'Name,When\nTable,5 Jan 2027'
  const refused = await ada.files.import('text/csv', table)
  assert.equal(refused.status, 422)
  const [unknown, suggested] = refused.body.errors
  assert.equal(unknown.path, 'line 1')
  assert.deepEqual(suggested, { path: 'mapping', message: '{"title":"Name","due_date":"When"}' })
  const mapped = await ada.files.import('text/csv', table, `?mapping=${encodeURIComponent(suggested.message)}`)
  assert.deepEqual(counts(mapped), [1, 0, 0])
  assert.equal((await ada.files.import('text/csv', table, '?mapping=Name')).body.errors[0].path, 'mapping')
  const due = (await tasksOf(ada)).map(({ title, due_date, due_on }) => [title, due_on ?? due_date])
  assert.deepEqual(
    new Set(due),
    new Set([
      ['Todoist', '2027-01-05'],
      ['TickTick', '2027-01-05T08:00:00Z'],
      ['Table', '2027-01-05'],
    ]),
  )
})

test('imports calendars of other programs', async (t) => {
  const { ada, tasksOf } = await start(t)
  const entry = (kind: string, ...lines: string[]) => [`BEGIN:${kind}`, ...lines, `END:${kind}`]
  const file = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    ...entry(
      'VTIMEZONE',
      'TZID:Mine',
      ...entry('STANDARD', 'DTSTART:19700101T000000', 'TZOFFSETFROM:+0100', 'TZOFFSETTO:+0100'),
    ),
    ...entry(
      'VTODO',
      'UID:1',
      'SUMMARY:Zoned\\, and',
      '  folded',
      'DUE;TZID=/example.org/America/New_York:20260401T090000',
      'PRIORITY:1',
      'CATEGORIES:a,b',
    ),
    ...entry(
      'VTODO',
      'UID:2',
      'SUMMARY:Day',
      'DUE;VALUE=DATE:20260401',
      'ATTACH;ENCODING=BASE64:AAAA',
      ...entry('VALARM', 'TRIGGER;RELATED=END:-PT15M', 'ACTION:DISPLAY'),
      ...entry('VALARM', 'TRIGGER;VALUE=DATE-TIME:20260331T080000Z'),
    ),
    ...entry(
      'VEVENT',
      'UID:3',
      'SUMMARY:Since long',
      'DTSTART;TZID=Europe/Berlin:20200106T090000',
      'RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO',
    ),
    ...entry('VEVENT', 'UID:4', 'SUMMARY:Over', 'DTSTART:20200101T090000Z'),
    ...entry('VEVENT', 'UID:5', 'SUMMARY:Floating', 'DTSTART:20260401T090000'),
    ...entry('VEVENT', 'UID:6', 'SUMMARY:Called off', 'STATUS:CANCELLED'),
    ...entry('VTODO', 'UID:7', 'DUE:20260401T090000Z'),
    ...entry('VTODO', 'UID:8', 'SUMMARY:Odd', 'DUE:tomorrow'),
    ...entry('VTODO', 'UID:9', 'SUMMARY:Odd', 'DUE:20260401T090000Z', 'RRULE:FREQ=SOMETIMES'),
    ...entry('VTODO', 'UID:10', 'SUMMARY:Finished', 'STATUS:COMPLETED', 'COMPLETED:20260301T090000Z'),
    'END:VCALENDAR',
  ].join('\r\n')
  const { status, body } = await ada.files.import('text/calendar', file)
  assert.equal(status, 200)
  assert.deepEqual(
    body.data.map((each: { status: string }) => each.status),
    ['created', 'created', 'created', 'created', 'created', 'refused', 'created', 'created', 'created', 'created'],
    'an unreadable part costs that part only',
  )
  assert.deepEqual(body.notes, { 'not-supported': 1, untitled: 1, unreadable: 1, 'rule-unreadable': 1 })
  const tasks = new Map((await tasksOf(ada)).map((task) => [task.title, task]))
  const due = (title: string) => {
    const { due_on, due_date, completed_at } = tasks.get(title)!
    return [due_on ?? due_date, completed_at]
  }
  assert.deepEqual(due('Zoned, and folded'), ['2026-04-01T13:00:00Z', null])
  assert.deepEqual(
    [tasks.get('Zoned, and folded')!.time_zone, tasks.get('Zoned, and folded')!.tags],
    ['America/New_York', ['a', 'b']],
  )
  assert.deepEqual(due('Day'), ['2026-04-01', null])
  assert.deepEqual(
    tasks.get('Day')!.reminders.map(({ type, offset }) => [type, offset]),
    [
      // A quarter of an hour before the day begins; its reminders are counted from 09:00.
      ['before', 'PT9H15M'],
      ['at', null],
    ],
  )
  assert.deepEqual(due('Since long'), ['2026-04-06T07:00:00Z', null])
  assert.equal(tasks.get('Since long')!.recurrence_rule, 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO')
  assert.deepEqual(due('Over'), ['2020-01-01T09:00:00Z', '2020-01-01T09:00:00Z'])
  assert.deepEqual(due('Floating'), ['2026-04-01T07:00:00Z', null])
  assert.deepEqual(due('Finished'), [null, '2026-03-01T09:00:00Z'])
})

test('a reminder at the due time comes with every task of a series; bytes of any encoding are read', async (t) => {
  const { ada, tasksOf } = await start(t)
  const lines = [
    ...['BEGIN:VCALENDAR', 'BEGIN:VTODO', 'UID:1', 'SUMMARY:Grüße', 'DTSTART;TZID=America/Chicago:20260410T140000'],
    ...['RRULE:FREQ=DAILY', 'BEGIN:VALARM', 'TRIGGER;VALUE=DATE-TIME:20260410T190000Z', 'END:VALARM', 'END:VTODO'],
  ].join('\r\n')
  const file = Buffer.from(`\ufeff${lines}\r\nEND:VCALENDAR`, 'utf16le')
  const { body } = await ada.files.import('text/calendar', file)
  assert.deepEqual([body.created, body.data[0].used.includes('RRULE')], [1, true])
  const [task] = await tasksOf(ada)
  assert.deepEqual([task!.title, task!.reminders[0]!.at], ['Grüße', '2026-04-10T19:00:00Z'])
  assert.deepEqual([task!.reminders[0]!.type, task!.reminders[0]!.offset], ['before', 'PT0S'])
  assert.equal((await ada.files.import('text/csv; charset=none', 'title')).status, 415)
})

test('a file that is not UTF-8 is read in its declared charset, else as Windows-1252, which notes say', async (t) => {
  const { ada, tasksOf } = await start(t)
  const table = (title: string) => Buffer.from(`title;category\n${title};plain\nplain;plain\n`, 'latin1')
  const guessed = await ada.files.import('text/csv', table('Grüße für 5 \x80'))
  assert.deepEqual(guessed.body.notes, { 'read-as-windows-1252': 1 })
  const [note] = guessed.body.data[0].notes
  assert.deepEqual([note.what, note.field], ['changed', 'charset'])
  const declared = await ada.files.import('text/csv; charset=ISO-8859-2', table('\xb3\xf3d\xbc'))
  assert.deepEqual([declared.body.created, declared.body.notes], [1, {}])
  const calendar =
    'BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nUID:1\r\nSUMMARY:Caf\xe9 tr\r\n \xe8s bon\r\nEND:VTODO\r\nEND:VCALENDAR'
  const { body } = await ada.files.import('text/calendar', Buffer.from(calendar, 'latin1'))
  assert.deepEqual([body.created, body.notes], [1, { 'read-as-windows-1252': 1 }])
  const titles = (await tasksOf(ada)).map(({ title }) => title)
  for (const title of ['Grüße für 5 €', 'łódź', 'Café très bon']) assert.ok(titles.includes(title), `${titles}`)
  const damaged = Buffer.concat([Buffer.from('title\nGrüße aus Köln'), Buffer.from([0xfc]), Buffer.from('\n')])
  const notText = Buffer.from([0x50, 0x4b, 0x03, 0x04, 0x14, 0x00, 0xff, 0xfe, 0x08])
  for (const [type, file] of [
    ['text/csv', damaged],
    ['text/csv', notText],
    ['text/csv; charset=utf-8', table('Grüße')],
    ['text/csv; charset=shift_jis', Buffer.from([0x74, 0xff, 0xff])],
  ] as const) {
    const refused = await ada.files.import(type, file)
    assert.deepEqual([refused.status, /not valid (UTF-8|SHIFT_JIS)/.test(refused.body.detail)], [400, true], type)
  }
})

test('invalid, too large or too full files are rejected with the location', async (t) => {
  const { api, ada } = await start(t)
  const [json, csv, ics] = ['application/json', 'text/csv', 'text/calendar']
  const many = (head: string, one: string, foot = '') => head + one.repeat(5_001) + foot
  const refused: [string, string, number, string?][] = [
    [json, '{"tasks": [', 400],
    [json, '[]', 422, 'body'],
    [json, '{"tasks": 1}', 422, 'tasks'],
    [json, many('{"tasks": [0', ',0', ']}'), 422, 'tasks.5000'],
    [json, '['.repeat(5e6), 422, 'body'],
    [json, `{"other": [${'{},'.repeat(3e6)}{}]}`, 422, 'body'],
    [json, `{${Array.from({ length: 2e5 }, (_, index) => `"k${index}":1`).join()}}`, 422, 'body'],
    [json, `{"tasks": ${'['.repeat(2e6)}${']'.repeat(2e6)}}`, 422, 'body'],
    [json, `{"tasks": [{"title": ${'{"a":'.repeat(5e5)}1${'}'.repeat(5e5)}}]}`, 422, 'body'],
    [csv, '', 422, 'body'],
    [csv, 'name\nx', 422, 'line 1'],
    [csv, 'title,title\nx,y', 422, 'line 1'],
    [csv, 'title,tags\n"x', 422, 'line 2'],
    [csv, 'title,tags\nx,y\nx,y,z', 422, 'line 3'],
    [csv, many('title\n', 'x\n'), 422, 'line 5002'],
    [csv, ','.repeat(10_000_000), 422, 'line 1'],
    [csv, `${','.repeat(199_000)}\n`.repeat(50), 422, 'line 1'],
    [ics, 'hello', 422, 'line 1'],
    [ics, many('BEGIN:VCALENDAR\n', 'BEGIN:VTODO\nEND:VTODO\n', 'END:VCALENDAR'), 422, 'line 10002'],
    [ics, `BEGIN:VCALENDAR\nBEGIN:VTODO\nSUMMARY${';A=b'.repeat(2e6)}:x\nEND:VTODO\n`, 200],
    [ics, `BEGIN:VCALENDAR\n${'BEGIN:VTODO\n'.repeat(8e5)}`, 200],
    ['text/plain', 'x', 415],
    [csv, 'x'.repeat(10 * 1_048_576 + 1), 413],
  ]
  for (const [type, file, expected, place] of refused) {
    const label = `${type} ${file.slice(0, 40)}`
    const { status, body } = await withinCpuTime(3_000, () => ada.files.import(type, file), { what: label })
    assert.equal(status, expected, `${label}: ${JSON.stringify(body)}`)
    if (place) assert.equal(body.errors[0].path, place, label)
    if (status === 200) assert.equal(body.created, 0, label)
  }
  assert.deepEqual((await ada.get('/api/v1/tasks')).body.data, [])
  const anonymous = filesOf(api)
  assert.equal((await anonymous.import(csv, 'title\nx')).status, 401)
  const { body } = await ada.post('/api/v1/auth/tokens', { name: 'reader', scopes: ['tasks:read'] })
  assert.equal((await filesOf(api, body.token).import(csv, 'title\nx')).status, 403)
})

test('unusual text is imported or rejected by field', async (t) => {
  const { ada } = await start(t)
  const titles = ['nul \0', 'half \ud83d', '👩‍👩‍👧', '__proto__', 'x'.repeat(501), 1e308, null, ['x'], '']
  const tasks = titles.map((title) => ({ title }))
  const { body } = await ada.files.import(
    'application/json',
    JSON.stringify({ tasks: [...tasks, null, 'x', { title: 'x', owner: 'y' }] }),
  )
  assert.deepEqual(
    body.data.map((each: { status: string; errors?: { path: string }[] }) => each.errors?.[0]?.path ?? each.status),
    ['title', 'title', 'created', 'created', 'title', 'title', 'title', 'title', 'title', '', '', 'owner'],
  )
})

test('5,000 tasks are imported in batches', async (t) => {
  const { ada, api } = await start(t)
  const lines = Array.from({ length: 5_000 }, (_, index) => `task ${index},2026-04-01T09:00:00Z,before PT1H`)
  const { body } = await ada.files.import('text/csv', `title,due_date,reminders\n${lines.join('\n')}`)
  assert.deepEqual([body.created, body.refused], [5_000, 0])
  const { rows } = await api.service.database.pool.query(
    `SELECT count(DISTINCT xmin::text) AS transactions, count(*) FROM tasks.tasks`,
  )
  assert.deepEqual(rows, [{ transactions: '50', count: '5000' }])
})
