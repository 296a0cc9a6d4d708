import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { occurrences, RecurrenceError } from '../src/index.ts'

/**
 * Where dateutil takes all days of a week that BYWEEKNO names, we take the weekday of DTSTART (rules.test.ts has their
 * dates): see the README.
 */
const otherwise = ['testYearlyByWeekNo', 'testMonthlyByWeekNo', 'testWeeklyByWeekNo']

/** Prints how many vectors match, how many are refused for BYEASTER, and which are wrong. */
interface Vector {
  name: string
  rule: string
  exp: string[]
}
const result = { equal: 0, refused: 0, otherwise: 0, wrong: [] as string[] }
for (const file of ['rfc5545-time-zones.json', 'dateutil.json']) {
  const zoned = file.startsWith('rfc')
  for (const { name, rule, exp } of JSON.parse(
    readFileSync(join(import.meta.dirname, 'vectors', file), 'utf8'),
  ) as Vector[]) {
    // An endless rule is compared as a prefix; a finite one must end there.
    const count = exp.length + (/COUNT|UNTIL/.test(rule) ? 1 : 0)
    try {
      const found = occurrences({ rule, interval: 1, start: '1997-09-02T09:00:00', time_zone: 'UTC' }, { count })
      const got = found.map((each) => (zoned ? each.instant : each.local))
      const expected = zoned ? exp.map((text) => Temporal.Instant.from(text).toString()) : exp
      if (JSON.stringify(got) === JSON.stringify(expected)) result.equal++
      else if (otherwise.includes(name)) result.otherwise++
      else result.wrong.push(name)
    } catch (error) {
      if (error instanceof RecurrenceError && error.part === 'BYEASTER') result.refused++
      else result.wrong.push(`${name}: ${error}`)
    }
  }
}
console.log(JSON.stringify(result))
