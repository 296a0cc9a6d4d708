import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkRule } from '@taskflow/recurrence'
import { readQuickAdd } from '../src/index.ts'
import { languages } from './languages.ts'
import { siblings } from './siblings.ts'

const time_zone = 'Europe/Berlin'
const now = Temporal.Instant.from('2026-11-29T15:20:00Z')

for (const [locale, phrases] of [...Object.entries(languages), ...Object.entries(siblings)]) {
  test(`${phrases.length} phrases of an account in ${locale}`, () => {
    for (const [text, title, due = null, fields = {}] of phrases) {
      const {
        title: found,
        due_date,
        due_on = null,
        time_zone: _,
        ...others
      } = readQuickAdd(text, { now, time_zone, locale }).task
      const local = due_date && Temporal.Instant.from(due_date).toZonedDateTimeISO(time_zone).toPlainDateTime()
      const shown = local ? local.toString({ smallestUnit: 'minute' }) : due_on
      assert.deepEqual({ text, title: found, due: shown, ...others }, { text, title, due, ...fields })
      if (others.recurrence_rule) checkRule(others.recurrence_rule, others.recurrence_interval)
    }
  })
}

test('a line in another of the four languages is recognized, whatever the account speaks', () => {
  for (const [locale, [text, due]] of Object.entries({
    'de-DE': ['Bob anrufen morgen um 17 Uhr', '2026-11-30T16:00:00Z'],
    'fr-FR': ['appeler Bob demain à 17h', '2026-11-30T16:00:00Z'],
    'es-ES': ['llamar a Bob mañana a las 17:00', '2026-11-30T16:00:00Z'],
    en: ['call Bob tomorrow at 17:00', '2026-11-30T16:00:00Z'],
  } as Record<string, [string, string]>))
    for (const account of [locale, 'en-US', 'de-AT', 'fr-CA', 'es-MX', 'ja-JP', undefined]) {
      const { task } = readQuickAdd(text, { now, time_zone, ...(account ? { locale: account } : {}) })
      assert.equal(task.due_date, due, `${text} (${account})`)
    }
})

test('month and day in any order are that day for every locale', () => {
  for (const locale of [
    'en',
    'en-US',
    'en-GB',
    'en-AU',
    'de-DE',
    'fr-FR',
    'es-ES',
    'es-US',
    'ja-JP',
    'pt-BR',
    'nonsense!',
  ])
    for (const text of [
      'call Bob, Dec 26, 5pm',
      'call Bob 26 Dec 5pm',
      'call Bob on December 26 at 5pm',
      'call Bob Dec 26th 5pm',
    ]) {
      const { task } = readQuickAdd(text, { now, time_zone, locale })
      assert.deepEqual([task.title, task.due_date], ['call Bob', '2026-12-26T16:00:00Z'], `${text} (${locale})`)
    }
})
