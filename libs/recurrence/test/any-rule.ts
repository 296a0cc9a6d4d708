import fc from '@taskflow/test-kit/fast-check'

const some = (lowest: number, highest: number, most: number) =>
  fc.uniqueArray(fc.integer({ min: lowest, max: highest }), { minLength: 1, maxLength: most })

/** A part left out, with one number, or with many. Where a number may count from the end, 0 is none. */
const list = (name: string, lowest: number, highest: number) =>
  fc.option(
    fc.oneof(some(lowest, highest, 1), some(lowest, highest, 60)).map((values) => {
      const numbers = lowest < 0 ? values.filter((value) => value !== 0) : values
      return `;${name}=${numbers.join(',') || 1}`
    }),
    { nil: '', freq: 2 },
  )

const weekdays = fc.oneof(
  fc.constantFrom('', '', ';BYDAY=MO', ';BYDAY=SU,WE', ';BYDAY=MO,TU,WE,TH,FR,SA,SU'),
  fc.constant(`;BYDAY=${Array(600).fill('MO').join(',')}`),
  fc.constant(`;BYDAY=${Array.from({ length: 300 }, (_, index) => `${(index % 53) + 1}SA`).join(',')}`),
)

/** Any RRULE that the grammar accepts, hostile ones included: those with COUNT and small intervals cost most. */
const anyRule = fc
  .tuple(
    fc.constantFrom('YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY', 'HOURLY', 'MINUTELY', 'SECONDLY'),
    fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 10_000_000 })),
    fc.oneof(
      fc.constantFrom('', ';COUNT=10000', ';UNTIL=99991231T235959Z'),
      fc.integer({ min: 1, max: 10_000 }).map((count) => `;COUNT=${count}`),
    ),
    fc.option(list('BYMONTH', 1, 12), { nil: '', freq: 1 }),
    fc.option(list('BYMONTHDAY', -31, 31), { nil: '', freq: 1 }),
    fc.option(list('BYYEARDAY', -366, 366), { nil: '', freq: 1 }),
    fc.option(list('BYWEEKNO', -53, 53), { nil: '', freq: 1 }),
    list('BYHOUR', 0, 23),
    list('BYMINUTE', 0, 59),
    list('BYSECOND', 0, 59),
    weekdays,
    fc.option(list('BYSETPOS', -366, 366), { nil: '', freq: 1 }),
  )
  .map(([freq, interval, ...parts]) => `FREQ=${freq};INTERVAL=${interval}${parts.join('')}`)

/** The most characters of a rule that the API accepts. */
const longest = 2_000

/** As many lines as fit: some different ones, some the same again and again. */
const fitting = (lines: string[]): string => {
  const taken: string[] = []
  let length = 0
  for (const line of lines) {
    length += line.length + 1
    if (length > longest) break
    taken.push(line)
  }
  return taken.join('\n')
}

/** Any text of a rule of up to 2,000 characters, with an old start, many lines, added and excluded dates. */
export const anyRuleText = fc
  .tuple(
    fc.integer({ min: 1, max: 2_026 }).map((year) => `DTSTART:${String(year).padStart(4, '0')}0101T000000`),
    fc.array(anyRule, { minLength: 1, maxLength: 4 }),
    fc.constantFrom(1, 1, 3, 60),
    fc.constantFrom('', 'RDATE:20300101T000000Z', 'EXDATE:20261122T000000Z,20261123T000000'),
  )
  .map(([start, rules, times, dates]) =>
    fitting([
      start,
      ...(dates ? [dates] : []),
      ...Array(times)
        .fill(rules)
        .flat()
        .map((rule) => `RRULE:${rule}`),
    ]),
  )
