import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as chrono from 'chrono-node'
import { readQuickAdd } from '../src/index.ts'

const now = Temporal.Instant.from('2026-06-15T12:00:00Z')
const parsers = {
  'en-US': chrono.en.casual,
  'de-DE': chrono.de.casual,
  'fr-FR': chrono.fr.casual,
  'es-ES': chrono.es.casual,
}

test('chrono-node reads the same days of the year in each language', () => {
  for (const [locale, parser] of Object.entries(parsers))
    for (let days = 1; days < 365; days += 3) {
      const date = Temporal.PlainDate.from('2026-06-15').add({ days })
      const month = date.toLocaleString(locale, { month: 'long' })
      const text = {
        'en-US': `${month} ${date.day}, ${date.year} at 5pm`,
        'de-DE': `am ${date.day}. ${month} ${date.year} um 17:00`,
        'fr-FR': `le ${date.day} ${month} ${date.year} à 17:00`,
        'es-ES': `el ${date.day} de ${month} de ${date.year} a las 17:00`,
      }[locale]!
      const [other] = parser.parse(
        text,
        { instant: new Date(now.epochMilliseconds), timezone: 0 },
        { forwardDate: true },
      )
      const { due_date } = readQuickAdd(`x ${text}`, { now, time_zone: 'UTC', locale }).task
      assert.equal(due_date, `${date}T17:00:00Z`, text)
      assert.equal(other?.start.date().toISOString().slice(0, 10), date.toString(), text)
    }
})
