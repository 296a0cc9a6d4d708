import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkRule } from '@taskflow/recurrence'
import { withinCpuTime } from '@taskflow/test-kit'
import fc from '@taskflow/test-kit/fast-check'
import { maxQuickAddLength, readQuickAdd } from '../src/index.ts'

const now = Temporal.Instant.from('2026-03-27T11:00:00Z')
const read = (text: string, time_zone = 'Europe/Berlin') => readQuickAdd(text, { now, time_zone })

/** Words of the grammar in any order, with text of any kind between them. */
const words =
  `every each day week month year monday sat and of the other last first 1st 31st 99th for 10 times until from at 9 9pm
  25:00 12/5 in 3 days hours remind me before after completion tomorrow today next "quoted" " !high !9 #tag # @home / may
  2nd 0 -1 999999999999 1e308 NaN , ; . ! ( ) \u0000 \ud800 \udfff \u202e \u200b é 日本 🏠 👨‍👩‍👧 ﷽ ＃ ı İ ſ ß`.split(
    /\s+/,
  )
const line = fc.oneof(
  fc.array(fc.constantFrom(...words, ' ', '\n', '\t'), { maxLength: 40 }).map((parts) => parts.join(' ')),
  fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ maxLength: 600 }),
)

test('all text is recognized or part of the title; nothing is lost or counted twice', () => {
  fc.assert(
    fc.property(
      line,
      fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'),
      (text, time_zone) => {
        const { task, understood } = read(text, time_zone)
        let from = 0
        let rest = ''
        for (const part of understood) {
          assert.ok(part.start >= from && part.end > part.start, 'parts are in order and do not overlap')
          assert.equal(part.text, text.slice(part.start, part.end))
          rest += text.slice(from, part.start)
          from = part.end
        }
        rest += text.slice(from, maxQuickAddLength)
        const letters = (value: string) => value.replaceAll(/[\s,;"“”.:!?()[\]–—-]/g, '')
        assert.equal(letters(task.title), letters(rest))
      },
    ),
    { numRuns: 3_000 },
  )
})

test('the result can always be created as a task', () => {
  fc.assert(
    fc.property(line, (text) => {
      const { task } = read(text)
      if (task.recurrence_rule) {
        checkRule(task.recurrence_rule, task.recurrence_interval)
        assert.ok(task.due_date ?? task.due_on)
      }
      if (task.due_date) {
        const due = Temporal.Instant.from(task.due_date).toZonedDateTimeISO('Europe/Berlin')
        assert.ok(Temporal.PlainDate.compare(due.toPlainDate(), '2026-03-27') >= 0 && due.year < 9_000)
        assert.equal(due.second, 0)
      }
      if (task.due_on) {
        assert.equal(task.due_date, undefined)
        assert.ok(task.due_on >= '2026-03-27' && task.due_on < '9000')
      }
      assert.ok((task.reminders?.length ?? 0) <= 20 && (task.tags?.length ?? 0) <= 50)
      for (const { offset } of task.reminders ?? []) if (offset) assert.ok(Temporal.Duration.from(offset).sign >= 0)
      for (const tag of task.tags ?? []) assert.ok(tag.length <= 50)
    }),
    { numRuns: 3_000 },
  )
})

test('quoted text is never parsed', () => {
  fc.assert(
    fc.property(line, (text) => {
      const quoted = text.replaceAll(/["“”]/g, '').trim().slice(0, 400)
      fc.pre(quoted.length > 0)
      assert.deepEqual(read(`x "${quoted}"`).understood, [])
    }),
  )
})

test('text known to break programs is a title', () => {
  const naughty = [
    'undefined',
    'null',
    'NaN',
    '-1',
    '1E+02',
    '0x0',
    '../../etc/passwd',
    '<script>alert(1)</script>',
    "' OR 1=1 --",
    '%s%s%s%n',
    '{{7*7}}',
    '$(reboot)',
    '__proto__',
    'constructor',
    'hasOwnProperty',
    'ÅÍÎÏ˝ÓÔÒÚÆ☃',
    '田中さんにあげて下さい',
    'الكل في المجمو عة',
    'Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟o̶̙̰̠kè͚̮̺̪̹̱̤',
    '\u0000',
    '\ud83d',
    '\u2028\u2029x',
    '﷽',
    '🏳️‍🌈',
    '()',
    '#',
    '@',
    '!',
    '/',
    '""',
    'every',
    'remind',
    'at',
    'CON',
    'Power لُلُصّبُلُلصّبُررً ॣ ॣh ॣ ॣ 冗',
    '９９',
    '1/0',
    '１２:３０',
  ]
  for (const text of naughty) {
    const { task, understood } = read(text)
    assert.deepEqual([understood, Object.keys(task)], [[], ['title', 'time_zone']], text)
  }
})

test('500 hostile characters are parsed quickly', async () => {
  const patterns = [
    '1 day ',
    'at ',
    '1/1/',
    'in 1 h 1 m ',
    '9',
    'jan 1 to ',
    'friday ',
    'a ',
    '1:1:',
    'monday, ',
    ' ',
    '-',
    'every ',
    'every mon,',
    'every 1st,',
    'every day at 9,',
    'remind 1d,',
    'remind me ',
    '#a ',
    '!',
    '"',
    '“',
    '@a',
    'last ',
    'next ',
    'for ',
    'due by on ',
    ';',
    'one ',
    'half an hour ',
    '5 hours and ',
    '1st and ',
    'from 1 ',
    '\u0301',
    'ﷺ',
    'until may ',
    'in the ',
    '\t\n',
    'daily ',
    'week of the month ',
    'on mondays ',
    '12.12.',
    'a.m. ',
    "'s ",
  ]
  for (const prefix of ['', 'x every ', 'x every day at 9 ', 'remind me ', 'tomorrow ']) {
    for (const pattern of patterns) {
      const text = (prefix + pattern.repeat(500)).slice(0, 500)
      await withinCpuTime(250, () => read(text), { attempts: 10, what: JSON.stringify(prefix + pattern) })
    }
  }
})
