import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readImport } from '../../src/transfer/read-import.ts'

const now = '2026-11-30T12:00:00Z'
const calendar = (...lines: string[]) => ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n')
const entry = (kind: string, ...lines: string[]) => [`BEGIN:${kind}`, ...lines, `END:${kind}`]
const event = (...lines: string[]) => entry('VEVENT', 'UID:e', 'SUMMARY:x', ...lines)
const todo = (...lines: string[]) => entry('VTODO', 'UID:t', 'SUMMARY:x', ...lines)
const alarm = (...lines: string[]) => entry('VALARM', 'ACTION:DISPLAY', ...lines)

const read = (text: string | Uint8Array) =>
  readImport({ type: 'text/calendar', text, now, time_zone: 'Europe/Berlin', locale: 'en' }).map((item) => ({
    ...(item.fields as {
      title: string
      due_date?: string
      due_on?: string
      time_zone?: string
      recurrence_rule?: string
    }),
    ...{ description: item.fields.description, reminders: item.fields.reminders as Record<string, string>[] },
    completed_at: item.completed_at,
    problem: item.problem,
    reasons: (item.notes ?? []).map(({ reason }) => reason),
  }))
const one = (...lines: string[]) => read(calendar(...lines))[0]!

test('alarms of every form become the reminders they mean', () => {
  const at = 'DTSTART:20270105T100000Z'
  const day = 'DTSTART;VALUE=DATE:20270105'
  const span = ['DTSTART:20270105T100000Z', 'DUE:20270107T100000Z']
  const daily = ['DTSTART;TZID=America/Chicago:20270110T140000', 'RRULE:FREQ=DAILY']
  const cases: [string[], Record<string, string>[], string?][] = [
    [event(at, ...alarm('TRIGGER:PT0S')), [{ type: 'before', offset: 'PT0S' }]],
    [event(at, ...alarm('TRIGGER:-PT15M')), [{ type: 'before', offset: 'PT15M' }]],
    [event(at, ...alarm('TRIGGER:-P1W')), [{ type: 'before', offset: 'P1W' }]],
    [event(at, 'DTEND:20270105T110000Z', ...alarm('TRIGGER;RELATED=END:PT0S')), [{ type: 'after', offset: 'PT1H' }]],
    [event(day, ...alarm('TRIGGER:P0DT9H0M0S')), [{ type: 'before', offset: 'PT0S' }]],
    [event(day, ...alarm('TRIGGER:-PT15H')), [{ type: 'before', offset: 'P1D' }]],
    [todo(...span, ...alarm('TRIGGER:-PT30M')), [{ type: 'before', offset: 'P2DT30M' }]],
    [todo(...span, ...alarm('TRIGGER;RELATED=END:-PT30M')), [{ type: 'before', offset: 'PT30M' }]],
    [todo('DUE:20270107T100000Z', ...alarm('TRIGGER:-PT30M')), [{ type: 'before', offset: 'PT30M' }]],
    [todo(at, ...alarm('TRIGGER;VALUE=DATE-TIME:20270105T080000Z')), [{ type: 'at', at: '2027-01-05T08:00:00Z' }]],
    [todo(...daily, ...alarm('TRIGGER;VALUE=DATE-TIME:20270110T200000Z')), [{ type: 'before', offset: 'PT0S' }]],
    [todo(...daily, ...alarm('TRIGGER;VALUE=DATE-TIME:20270110T193000Z')), [{ type: 'before', offset: 'PT30M' }]],
    [
      event(at, ...alarm('TRIGGER:-PT15M', 'REPEAT:1', 'DURATION:PT5M')),
      [
        { type: 'before', offset: 'PT15M' },
        { type: 'before', offset: 'PT10M' },
      ],
    ],
    [event(at, ...alarm('TRIGGER:-P400D')), [], 'alarm-too-far'],
    [event(at, ...alarm('TRIGGER:soon')), [], 'alarm-unreadable'],
    [event(at, ...alarm('TRIGGER:-PT')), [], 'alarm-unreadable'],
  ]
  for (const [lines, reminders, reason] of cases) {
    const item = one(...lines)
    assert.deepEqual(item.reminders, reminders, lines.join(' '))
    assert.ok(!reason || item.reasons.includes(reason), `${reason}: ${item.reasons}`)
    assert.equal(item.problem, undefined)
  }
})

test('of more alarms than a task can have, the rest are named', () => {
  const alarms = Array.from({ length: 25 }, (_, minutes) => alarm(`TRIGGER:-PT${minutes + 1}M`)).flat()
  const item = one(...event('DTSTART:20270105T100000Z', ...alarms))
  assert.deepEqual([item.reminders.length, item.reasons], [20, ['too-many-alarms']])
})

test('dates are read as they are meant, in their zones', () => {
  const zone = (tzid: string, ...lines: string[]) => entry('VTIMEZONE', `TZID:${tzid}`, ...lines)
  const offset = (name: string, start: string, from: string, to: string, rule: string) =>
    entry(name, `DTSTART:${start}`, `TZOFFSETFROM:${from}`, `TZOFFSETTO:${to}`, `RRULE:FREQ=YEARLY;${rule}`)
  const eastern = [
    ...offset('STANDARD', '20071104T020000', '-0400', '-0500', 'BYMONTH=11;BYDAY=1SU'),
    ...offset('DAYLIGHT', '20070311T020000', '-0500', '-0400', 'BYMONTH=3;BYDAY=2SU'),
  ]
  const cases: [string[], string | undefined, string?][] = [
    [event('DTSTART:20270105'), '2027-01-05'],
    [event('DTSTART;VALUE=DATE:20270105'), '2027-01-05'],
    [event('DTSTART:2027-01-05T10:00:00Z'), '2027-01-05T10:00:00Z'],
    [event('DTSTART:20270105T1000'), '2027-01-05T09:00:00Z'],
    [
      event('DTSTART;TZID=/mozilla.org/20050126_1/America/Argentina/Buenos_Aires:20270105T100000'),
      '2027-01-05T13:00:00Z',
    ],
    [event('DTSTART;TZID=/freeassociation.sourceforge.net/Tzfile/Asia/Tokyo:20270105T100000'), '2027-01-05T01:00:00Z'],
    [event('DTSTART;TZID=Pacific Standard Time:20270105T100000'), '2027-01-05T18:00:00Z'],
    [event('DTSTART;TZID="W. Europe Standard Time":20270105T100000'), '2027-01-05T09:00:00Z'],
    [event('DTSTART;TZID=GMT+0200:20270105T100000'), '2027-01-05T08:00:00Z'],
    [event('DTSTART;TZID="(GMT-03:00)":20270105T100000'), '2027-01-05T13:00:00Z'],
    [event('DTSTART;TZID="(UTC+07:00) Bangkok, Hanoi":20270105T100000'), '2027-01-05T03:00:00Z', 'zone-unknown'],
    [event('DTSTART;TZID=Nowhere:20270105T100000'), '2027-01-05T09:00:00Z', 'zone-unknown'],
    [[...zone('Mine', ...eastern), ...event('DTSTART;TZID=Mine:20270705T100000')], '2027-07-05T14:00:00Z'],
    [
      // In 2005 the clocks of New York changed on other days than this VTIMEZONE says.
      [
        ...zone('Mine', ...eastern.map((line) => line.replace('DTSTART:2007', 'DTSTART:2000'))),
        ...event('DTSTART;TZID=Mine:20050320T100000'),
      ],
      '2005-03-20T15:00:00Z',
      'zone-differs',
    ],
    [
      [...zone('Mine', 'X-LIC-LOCATION:Asia/Kolkata'), ...event('DTSTART;TZID=Mine:20270105T100000')],
      '2027-01-05T04:30:00Z',
    ],
    [['X-WR-TIMEZONE:America/New_York', ...event('DTSTART:20270105T100000')], '2027-01-05T15:00:00Z'],
    [todo('DTSTART:20270105T100000Z', 'DURATION:P2D'), '2027-01-07T10:00:00Z'],
    [todo('DTSTART;VALUE=DATE:20270105', 'DURATION:P2D'), '2027-01-07'],
    [todo('DUE:tomorrow'), undefined, 'unreadable'],
    [todo('DUE:20271301T100000Z'), undefined, 'unreadable'],
  ]
  for (const [lines, due, reason] of cases) {
    const item = one(...lines)
    assert.deepEqual(
      [item.due_on ?? item.due_date, item.problem, item.reasons],
      [due, undefined, reason ? [reason] : []],
      lines.join(' '),
    )
  }
})

test('series go on with the first date that is neither done, moved nor left out', () => {
  const daily = [
    'DTSTART;TZID=Europe/Berlin:20261201T170000',
    'DUE;TZID=Europe/Berlin:20261201T170000',
    'RRULE:FREQ=DAILY',
  ]
  const changed = (...lines: string[]) => todo('RECURRENCE-ID;TZID=Europe/Berlin:20261201T170000', ...lines)
  const cases: [string, string[], string | undefined, string | undefined][] = [
    ['done', [...todo(...daily), ...changed('STATUS:COMPLETED')], '2026-12-02T16:00:00Z', 'FREQ=DAILY'],
    ['moved', [...todo(...daily), ...changed('DUE:20261205T100000Z')], '2026-12-02T16:00:00Z', 'FREQ=DAILY'],
    ['cancelled', [...todo(...daily), ...changed('STATUS:CANCELLED')], '2026-12-02T16:00:00Z', 'FREQ=DAILY'],
    [
      'left out later',
      todo(...daily, 'EXDATE;TZID=Europe/Berlin:20261203T170000'),
      '2026-12-01T16:00:00Z',
      'RRULE:FREQ=DAILY\nEXDATE:20261203T170000',
    ],
    ['left out by day', todo(...daily, 'EXDATE;VALUE=DATE:20261201'), '2026-12-02T16:00:00Z', 'FREQ=DAILY'],
    [
      'dates alone',
      event('DTSTART:20250101T100000Z', 'RDATE:20270105T100000Z,20270205T100000Z'),
      '2027-01-05T10:00:00Z',
      'RDATE:20270205T100000',
    ],
    [
      'partly past',
      event('DTSTART;TZID=Europe/Berlin:20261128T090000', 'RRULE:FREQ=DAILY;COUNT=10'),
      '2026-12-01T08:00:00Z',
      'FREQ=DAILY;COUNT=7',
    ],
    [
      'in UTC',
      event('DTSTART:20270104T233000Z', 'RRULE:FREQ=WEEKLY;BYDAY=MO'),
      '2027-01-04T23:30:00Z',
      'FREQ=WEEKLY;BYDAY=MO',
    ],
    [
      'due after its start',
      todo(
        'DTSTART;TZID=Europe/Berlin:20270104T090000',
        'DUE;TZID=Europe/Berlin:20270106T090000',
        'RRULE:FREQ=WEEKLY;BYDAY=MO',
      ),
      '2027-01-06T08:00:00Z',
      'FREQ=WEEKLY;BYDAY=WE',
    ],
    ['unreadable', todo(...daily.slice(0, 2), 'RRULE:FREQ=YEARLY;BYEASTER=0'), '2026-12-01T16:00:00Z', undefined],
  ]
  for (const [name, lines, due, rule] of cases) {
    const item = one(...lines)
    assert.deepEqual(
      [item.due_date, item.recurrence_rule, item.completed_at, item.problem],
      [due, rule, null, undefined],
      name,
    )
  }
})

test('a change of all following dates begins a series of its own, or says that it is only one date', () => {
  const series = ['DTSTART;TZID=Europe/Berlin:20261201T170000', 'RRULE:FREQ=DAILY;UNTIL=20261231T160000Z']
  const changed = (id: string, ...lines: string[]) =>
    entry('VTODO', 'UID:t', 'SUMMARY:later', `RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:${id}`, ...lines)
  const fields = (items: ReturnType<typeof read>) =>
    items.map(({ title, due_date, recurrence_rule, reasons }) => [title, due_date, recurrence_rule, ...reasons])
  const split = read(
    calendar(...todo(...series), ...changed('20261205T170000', 'DTSTART;TZID=Europe/Berlin:20261205T180000')),
  )
  assert.deepEqual(fields(split), [
    ['x', '2026-12-01T16:00:00Z', 'FREQ=DAILY;UNTIL=20261205T155959Z'],
    ['later', '2026-12-05T17:00:00Z', 'FREQ=DAILY;UNTIL=20261231T160000Z'],
  ])
  const days = read(
    calendar(
      ...todo('DTSTART;VALUE=DATE:20261201', 'RRULE:FREQ=DAILY'),
      ...entry('VTODO', 'UID:t', 'SUMMARY:later', 'RECURRENCE-ID;VALUE=DATE;RANGE=THISANDFUTURE:20261203'),
    ),
  )
  assert.deepEqual(days.at(-1)!.reasons, ['following-dates'], 'it has no date')
  const elsewhere = changed('20261205T170000', 'DTSTART;TZID=Europe/Berlin:20261206T180000')
  const [, moved] = fields(read(calendar(...todo(...series), ...elsewhere)))
  assert.deepEqual(moved, ['later', '2026-12-06T17:00:00Z', undefined, 'following-dates'])
})

test('several rules are taken together', () => {
  const start = ['DTSTART;TZID=Europe/Berlin:20261201T170000', 'DUE;TZID=Europe/Berlin:20261201T170000']
  const item = one(...todo(...start, 'RRULE:FREQ=WEEKLY;BYDAY=TU', 'RRULE:FREQ=MONTHLY;BYMONTHDAY=15;COUNT=2'))
  assert.equal(item.recurrence_rule, 'RRULE:FREQ=WEEKLY;BYDAY=TU\nRRULE:FREQ=MONTHLY;BYMONTHDAY=15;COUNT=2')
  const many = one(...todo(...start, ...[1, 2, 3, 4].map((day) => `RRULE:FREQ=MONTHLY;BYMONTHDAY=${day}`)))
  assert.deepEqual([many.recurrence_rule!.split('\n').length, many.reasons], [3, ['several-rules']])
})

test('what is going on is open, what is over or done is completed, what is cancelled is refused', () => {
  const now = 'DTSTART:20261130T110000Z'
  assert.equal(one(...event(now, 'DTEND:20261130T140000Z')).completed_at, null)
  assert.equal(one(...event(now, 'DURATION:PT3H')).completed_at, null)
  assert.equal(one(...event('DTSTART;VALUE=DATE:20261130')).completed_at, null)
  assert.equal(one(...event(now, 'DTEND:20261130T113000Z')).completed_at, '2026-11-30T11:30:00Z')
  assert.equal(one(...event(now, 'DTEND:20261130T140000Z', 'RRULE:FREQ=DAILY')).due_date, '2026-11-30T11:00:00Z')
  assert.notEqual(one(...todo('PERCENT-COMPLETE:100')).completed_at, null)
  assert.deepEqual(one(...todo('PERCENT-COMPLETE:40')).reasons, ['not-supported'])
  assert.equal(one('METHOD:CANCEL', ...event(now)).problem, 'was cancelled')
  assert.equal(one(...event('STATUS:CANCELLED')).problem, 'was cancelled')
})

test('what tasks have no field for is kept in the description, or named', () => {
  const item = one(
    ...event(
      'DTSTART:20270105T100000Z',
      'DESCRIPTION:Bring cake',
      'LOCATION:Room 1',
      'URL:https://example.org/x',
      'ATTENDEE:mailto:a@example.org',
    ),
  )
  assert.equal(item.description, 'Bring cake\nLocation: Room 1\nLink: https://example.org/x')
  assert.deepEqual(item.reasons, ['not-supported', 'in-description', 'in-description'])
  const [, child] = read(calendar(...entry('VTODO', 'UID:p', 'SUMMARY:Move'), ...todo('RELATED-TO:p')))
  assert.equal(child!.description, 'Part of: Move')
  assert.equal(one(...entry('VEVENT', 'UID:u', 'LOCATION:Hall')).title, 'Hall')
  assert.equal(one(...entry('VTODO', 'UID:u')).title, 'Untitled task')
})

test('files are read however they are written', () => {
  const text = calendar(...event('DTSTART:20270105T100000Z').map((line) => line.replace('SUMMARY:x', 'SUMMARY:Grüße')))
  const bytes = Buffer.from(text)
  const within = bytes.indexOf(0xc3) + 1
  const folded = Buffer.concat([bytes.subarray(0, within), Buffer.from('\r\n '), bytes.subarray(within)])
  const swapped = Buffer.from(`\ufeff${text}`, 'utf16le').swap16()
  for (const file of [text, text.replaceAll('\r\n', '\r'), folded, Buffer.from(`\ufeff${text}`, 'utf16le'), swapped])
    assert.equal(read(new Uint8Array(Buffer.from(file)))[0]!.title, 'Grüße')
  const quoted = 'SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Gr=C3=BC=\r\n=C3=9Fe'
  assert.equal(one(...entry('VEVENT', 'UID:q', quoted)).title, 'Grüße')
})

test('the newer version of an entry counts, wherever it is', () => {
  const version = (title: string, sequence: number) =>
    entry('VEVENT', 'UID:v', `SUMMARY:${title}`, `SEQUENCE:${sequence}`, 'DTSTART:20270105T100000Z')
  for (const order of [
    [0, 1],
    [1, 0],
  ] as const) {
    const [first, second] = read(
      calendar(...order.flatMap((sequence) => version(sequence === 1 ? 'new' : 'old', sequence))),
    )
    assert.deepEqual([first!.title, second!.reasons], ['new', ['older-version']])
  }
})

test('what cannot be read is reported in words for people', () => {
  const cut = read(calendar(...event('DTSTART:20270105T100000Z')).replace(/END:VEVENT[\s\S]*/, ''))
  assert.match(cut[0]!.problem!, /before its end/)
  const [journal] = read(calendar(...entry('VJOURNAL', 'UID:j', 'SUMMARY:x')))
  assert.match(journal!.problem!, /not something to do/)
  const long = one(...event(`DESCRIPTION:${'x'.repeat(70_000)}`))
  assert.ok(String(long.description).length > 10_000, 'and is refused by the field')
})
