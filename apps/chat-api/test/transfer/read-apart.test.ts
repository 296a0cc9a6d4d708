import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withinCpuTime } from '@taskflow/test-kit'
import { readApart, readingLimits } from '../../src/transfer/read-apart.ts'
import type { ImportType } from '../../src/transfer/read-import.ts'

const [json, csv, ics] = ['application/json', 'text/csv', 'text/calendar'] as const
/** 10 MiB, the most that is accepted. */
const most = 10 * 1_048_576
const filled = (one: string, head = '', foot = '') =>
  head + one.repeat(Math.floor((most - head.length - foot.length) / one.length)) + foot

const calendar = (lines: string) => `BEGIN:VCALENDAR\r\n${lines}END:VCALENDAR\r\n`
const event = (...lines: string[]) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT', ''].join('\r\n')
const events = (count: number, ...lines: string[]) =>
  calendar(Array.from({ length: count }, (_, index) => event(`UID:${index}`, 'SUMMARY:x', ...lines)).join(''))
const oneEvent = (lines: string) => filled(lines, 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:x\r\n', 'END:VEVENT\r\n')

const file = (type: ImportType, text: string) => ({
  type,
  text,
  now: '2026-11-21T10:00:00Z',
  time_zone: 'Europe/Berlin',
  locale: 'en',
})

/** The most memory beyond what was used before; whether it can be read does not matter. */
const read = async (type: ImportType, text: string) => {
  const before = process.memoryUsage().rss
  let highest = before
  const watch = setInterval(() => {
    highest = Math.max(highest, process.memoryUsage().rss)
  }, 5)
  const outcome = await readApart(file(type, text)).then(
    (items) => `${items.length} items`,
    (error: Error) => error.message,
  )
  clearInterval(watch)
  return { outcome, megabytes: (highest - before) / 1_000_000 }
}

const seldom = 'RRULE:FREQ=SECONDLY;INTERVAL=59;BYHOUR=1;BYMINUTE=59;BYSECOND=59;COUNT=10000'

const todoist = 'TYPE,CONTENT,PRIORITY,INDENT,DATE\n'
const tickTick = 'List Name,Title,Content,Priority,Status,Reminder,Due Date\n'

const hostile: [string, ImportType, string][] = [
  ['one line of JSON', json, 'x'.repeat(most)],
  ['one line of CSV', csv, 'x'.repeat(most)],
  ['one line of a calendar', ics, 'x'.repeat(most)],
  ['empty objects', json, filled('{},', '{"tasks":[', '{}]}')],
  ['empty objects elsewhere', json, filled('{},', '{"other":[', '{}]}')],
  ['open brackets', json, '['.repeat(most)],
  ['quotes', json, '"'.repeat(most)],
  ['backslashes', json, `"${'\\'.repeat(most - 1)}`],
  ['as many objects as are allowed, each with other fields', json, distinctObjects(149_000)],
  ['as many fields as are allowed', json, filled(`{${'"a":1,'.repeat(999)}"b":1},`, '{"tasks":[{"tags":[', '1]}]}')],
  ['lines of 199,998 characters', csv, filled(`${'x'.repeat(199_998)}\n`, 'title\n')],
  ['a line of 199,999 characters', csv, `title\n${'x'.repeat(199_999)}\n`],
  ['rows of empty cells', csv, filled(`${','.repeat(199_998)}\n`)],
  ['long lists in cells', csv, filled(`x,"${'a,'.repeat(99_000)}"\n`, 'title,tags\n')],
  ['quotes in cells', csv, filled(`x,"${'"""",'.repeat(39_000)}"\n`, 'title,tags\n')],
  ['an endless quoted cell', csv, filled('x\n', 'title\n"')],
  ['short lines of CSV', csv, filled('x\n', 'title\n')],
  ['rows of as many cells as are allowed', csv, filled(`${'x,'.repeat(999)}x\n`, `title${',y'.repeat(999)}\n`)],
  ['dates in words', csv, filled(`task,x,1,1,"${'every monday and tuesday until may, '.repeat(50)}"\n`, todoist)],
  ['names of labels', csv, filled(`task,"${'@a '.repeat(60_000)}",1,1,\n`, todoist)],
  ['reminders of a table', csv, filled(`x,x,x,1,0,"${'P0D,'.repeat(45_000)}",2027-01-05\n`, tickTick)],
  ['lists of Google Tasks', json, filled('{"id":"a"},', '{"kind":"tasks#tasks","items":[', '{}]}')],
  ['empty lines of CSV', csv, '\n'.repeat(most)],
  ['empty lines of a calendar', ics, calendar('\n'.repeat(most - 40))],
  ['an endless folded line', ics, filled(' x\n', 'BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:')],
  ['an event of many lines', ics, oneEvent('CATEGORIES:a\r\n')],
  ['an event of many alarms', ics, oneEvent('BEGIN:VALARM\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\n')],
  ['long lists of categories', ics, events(150, `CATEGORIES:${'a,'.repeat(31_000)}`)],
  ['long lists of parameters', ics, events(150, `SUMMARY${';A=b'.repeat(15_000)}:x`)],
  ['5,000 events with heavy rules', ics, events(5_000, 'DTSTART:10000101T000000', seldom)],
]

function distinctObjects(count: number): string {
  const objects = Array.from({ length: count }, (_, index) => `{"k${index}":1,"z${index}":1,"y${index}":2}`)
  return `{"tasks":[{"tags":[${objects.join()}]}]}`
}

for (const [name, type, text] of hostile) {
  test(`is read or refused within 2 s of CPU and 100 MB: ${name}`, async () => {
    // The bounds leave room for a busy machine, and for what earlier files left to be collected.
    const { outcome, megabytes } = await withinCpuTime(4_000, () => read(type, text), { attempts: 3 })
    assert.ok(megabytes < 200, `${outcome}: ${megabytes} MB`)
  })
}

test('the largest files that people have are read', async () => {
  const text = 'd'.repeat(1_500)
  const rules = ['DTSTART;TZID=Europe/Berlin:20200106T090000', 'RRULE:FREQ=WEEKLY;BYDAY=MO,WE', 'CATEGORIES:a,b']
  const tasks = Array.from({ length: 5_000 }, (_, index) => ({
    id: `${index}`,
    title: 'x',
    tags: Array.from({ length: 50 }, (_, tag) => `t${tag}`),
    reminders: Array(13).fill({ type: 'before', offset: 'PT30M', at: null, state: 'pending' }),
  }))
  for (const [type, whole] of [
    [json, JSON.stringify({ tasks })],
    [csv, `title,description,due_date\n${`x,${text},2026-04-01 09:00\n`.repeat(5_000)}`],
    [csv, `${todoist}${`task,x @a,1,1,every monday and friday at 9am\n`.repeat(5_000)}`],
    [ics, events(5_000, `DESCRIPTION:${text}`, ...rules)],
  ] as const) {
    const items = await readApart(file(type, whole))
    assert.deepEqual([items.length, items.filter(({ problem }) => problem)], [5_000, []], type)
  }
})

test('an event with a rule that costs too much is refused, not taken for one that is over', async () => {
  const [item] = await readApart(file(ics, events(1, 'DTSTART:10000101T000000', seldom)))
  assert.match(item!.problem!, /^recurrence_rule: takes more than 200000 steps/)
  const all = await readApart(file(ics, events(100, 'DTSTART:10000101T000000', seldom)))
  assert.match(all.at(-1)!.problem!, /the rules of this request take more than 5000000 steps together/)
})

test('a thread that exceeds a limit is ended, with the limit named', async () => {
  const text = events(5_000, 'DTSTART:20200106T090000', 'RRULE:FREQ=WEEKLY;BYDAY=MO')
  const limited = (limits: Partial<typeof readingLimits>) =>
    readApart(file(ics, text), { limits: { ...readingLimits, ...limits } })
  await assert.rejects(limited({ megabytes: 4 }), { status: 422, message: /4 MB .+"import memory"/ })
  await assert.rejects(limited({ cpuMilliseconds: 1 }), { status: 422, message: /0\.001 s .+"import time"/ })
  await assert.rejects(limited({ milliseconds: 1 }), { status: 422, message: /"import time"/ })
  assert.equal((await limited({})).length, 5_000)
})

test('a thread is ended when the client is gone', async () => {
  const gone = new AbortController()
  const reading = readApart(file(ics, calendar('\n'.repeat(most - 40))), { signal: gone.signal })
  gone.abort()
  await assert.rejects(reading, { name: 'AbortError' })
  await assert.rejects(readApart(file(csv, 'title\nx'), { signal: gone.signal }), { name: 'AbortError' })
})
