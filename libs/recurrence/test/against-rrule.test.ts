import assert from 'node:assert/strict'
import { test } from 'node:test'
import { occurrences } from '@taskflow/recurrence'
import fc from '@taskflow/test-kit/fast-check'
import rrule from 'rrule'

const numbers = (name: string, lowest: number, highest: number) =>
  fc.oneof(
    fc.constant(''),
    fc
      .uniqueArray(
        fc.integer({ min: lowest, max: highest }).filter((value) => value !== 0),
        { minLength: 1, maxLength: 4 },
      )
      .map((values) => `;${name}=${values.toSorted((a, b) => a - b).join(',')}`), // rrule.js keeps the order given
  )

/** Everyday rules, for which rrule.js is correct; it does not finish hostile ones. */
const everydayRule = fc
  .tuple(
    fc.constantFrom('YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY'),
    fc.integer({ min: 1, max: 4 }),
    numbers('BYMONTH', 1, 12),
    fc.oneof(fc.constant(''), fc.constantFrom(';BYDAY=MO', ';BYDAY=TU,TH', ';BYDAY=SA,SU,WE')),
    numbers('BYHOUR', 0, 23),
    fc.constantFrom('', ';WKST=SU'),
  )
  .map(([freq, interval, ...parts]) => `FREQ=${freq};INTERVAL=${interval};COUNT=15${parts.join('')}`)

test('everyday rules give the same dates as rrule.js', () => {
  fc.assert(
    fc.property(everydayRule, fc.integer({ min: 1, max: 365 }), (rule, day) => {
      const start = new Date(Date.UTC(2024, 0, day, 9, 30))
      const text = start.toISOString().slice(0, 19)
      const expected = rrule
        .rrulestr(`DTSTART:${text.replaceAll(/[-:]/g, '')}Z\nRRULE:${rule}`)
        .all((_, index) => index < 15)
      const found = occurrences({ rule, interval: 1, start: text, time_zone: 'UTC' }, { count: 15 })
      assert.deepEqual(
        found.map(({ local }) => local),
        expected.map((date) => date.toISOString().slice(0, 19)),
        rule,
      )
    }),
    { numRuns: 300, seed: 5545 },
  )
})
