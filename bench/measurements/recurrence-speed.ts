import { nextOccurrence } from '@taskflow/recurrence'
import rrule from 'rrule'
import { alternate, type Measurement, median, medianRatio, type Ratio, short } from '../measurement.ts'

const rules = [
  'FREQ=DAILY',
  'FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9,17',
  'FREQ=WEEKLY;BYDAY=MO,WE,FR',
  'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU',
  'FREQ=MONTHLY;BYMONTHDAY=31',
  'FREQ=MONTHLY;BYDAY=-1FR',
  'FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1',
  'FREQ=YEARLY',
]
const time_zone = 'Europe/Berlin'

/**
 * The next date of a rule, compared with rrule.js. Ours parses the text each time; theirs uses a parsed rule without a
 * cache. The rule with the worst ratio counts.
 */
export const recurrenceSpeed: Measurement = {
  name: 'recurrence speed',
  measure: async ({ pairs, report }) => {
    const now = new Date()
    const today = Temporal.PlainDate.from(now.toISOString().slice(0, 10)).toPlainDateTime('09:00')
    const found: Record<'old' | 'new' | 'age', Worst> = { old: {}, new: {}, age: {} }
    for (const rule of rules) {
      const old = sidesOf(rule, today.with({ year: 1990 }), now)
      const recent = sidesOf(rule, today, now)
      const [ours, theirs] = [
        { old: old.ours, recent: recent.ours },
        { old: old.theirs, recent: recent.theirs },
      ]
      // In many short turns and without rrule.js: its garbage would be charged to whatever runs next.
      await alternate(10, ours)
      const own = await alternate(pairs * 10, ours)
      const other = await alternate(pairs, theirs)
      const [a, b, c, d] = [own.old, own.recent, other.old, other.recent].map(median) as [
        number,
        number,
        number,
        number,
      ]
      report(`${rule}: 1990 ${short(a)} µs, today ${short(b)} µs; rrule.js ${short(c)} and ${short(d)} µs`)
      worse(found.old, c / a, 'lower', `${short(c)} / ${short(a)} µs, ${rule}`)
      worse(found.new, d / b, 'lower', `${short(d)} / ${short(b)} µs, ${rule}`)
      worse(found.age, medianRatio(own.old, own.recent), 'higher', `${short(a)} / ${short(b)} µs, ${rule}`)
    }
    const ratio = (name: string, worst: Worst, goal: number, better: Ratio['better']): Ratio => ({
      name: `next date: ${name}`,
      value: worst.value,
      goal,
      better,
      from: worst.from ?? '',
    })
    return [
      ratio('rrule.js / ours, DTSTART in 1990', found.old, 30, 'higher'),
      ratio('rrule.js / ours, DTSTART today', found.new, 3, 'higher'),
      ratio('ours, DTSTART in 1990 / today', found.age, 1.2, 'lower'),
    ]
  },
}

interface Worst {
  value?: number
  from?: string
}

const worse = (worst: Worst, value: number, which: 'higher' | 'lower', from: string): void => {
  if (worst.value !== undefined && (which === 'higher' ? value <= worst.value : value >= worst.value)) return
  Object.assign(worst, { value, from })
}

/** µs for the next date after now, on both sides. They must agree on it. */
const sidesOf = (rule: string, start: Temporal.PlainDateTime, now: Date) => {
  const text = start.toString({ smallestUnit: 'second' })
  const schedule = { rule, interval: 1, start: text, time_zone }
  const theirs = rrule.rrulestr(`DTSTART;TZID=${time_zone}:${text.replaceAll(/[-:]/g, '')}\nRRULE:${rule}`)
  const after = now.toISOString()
  const [expected, is] = [theirs.after(now)!.getTime(), Date.parse(nextOccurrence(schedule, after)!.instant)]
  if (expected !== is) throw new Error(`${rule} from ${text}: ${new Date(is)}, and with rrule.js ${new Date(expected)}`)
  return {
    ours: async () => microseconds(() => nextOccurrence(schedule, after)),
    theirs: async () => microseconds(() => theirs.after(now)),
  }
}

/** Duration of one call, from as many as fit into 50 ms. */
const microseconds = (call: () => unknown): number => {
  const began = performance.now()
  let calls = 0
  while (performance.now() - began < 50) {
    call()
    calls++
  }
  return ((performance.now() - began) * 1_000) / calls
}
