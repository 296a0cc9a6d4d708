import type { Line } from './line.ts'
import {
  and,
  begin,
  clearTime,
  end,
  follows,
  hourOfPart,
  month,
  monthOf,
  number,
  numberOf,
  partOfDay,
  type TimeOfDay,
  timeOf,
  weekday,
  weekdayOf,
  weekdays,
} from './words.ts'

type Frequency = 'MINUTELY' | 'HOURLY' | 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY'

/** How often, as written. */
export interface Pattern {
  freq: Frequency
  interval: number
  byDay?: string[]
  byMonthDay?: number[]
  byMonth?: number
  bySetPos?: number
  times: TimeOfDay[]
}

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth']
const nth = `(?:first|second|third|fourth|fifth|last|[1-5](?:st|nd|rd|th))`
const nthOf = (text: string): number =>
  /^last/i.test(text) ? -1 : /^\d/.test(text) ? Number.parseInt(text, 10) : ordinals.indexOf(text.toLowerCase()) + 1
const dayNumber = String.raw`(?:\d{1,2}(?:st|nd|rd|th)|last\s+day|(?:first|last)(?=(?:\s+day)?\s+of\s))`
const ofMonth = String.raw`(?:\s+(?:day\s+)?of\s+(?:the|each|every)\s+month)?`
const weekdayList = `${weekday}(?:${and}${weekday}){0,6}`

type Reader = [
  pattern: string,
  read: (groups: Record<string, string | undefined>) => Omit<Pattern, 'times'> | undefined,
]

/** The days of the week or month to repeat on. */
const onDays: Reader[] = [
  [String.raw`(?:week|work|business\s+)days?`, () => ({ freq: 'WEEKLY', interval: 1, byDay: weekdays.slice(0, 5) })],
  [`weekends?`, () => ({ freq: 'WEEKLY', interval: 1, byDay: ['SA'] })],
  [
    String.raw`(?<other>other\s+)?(?<list>${weekdayList})`,
    ({ other, list }) => ({ freq: 'WEEKLY', interval: other ? 2 : 1, byDay: daysIn(list!) }),
  ],
  [
    String.raw`(?:the\s+)?(?<nth>${nth})\s+(?:(?<one>${weekday})|(?<work>(?:week|work|business\s+)day))(?:\s+of\s+(?<month>${month})|${ofMonth})`,
    ({ nth, one, work, month }) => ({
      ...(month ? { freq: 'YEARLY', byMonth: monthOf(month) } : { freq: 'MONTHLY' }),
      interval: 1,
      ...(work
        ? { byDay: weekdays.slice(0, 5), bySetPos: nthOf(nth!) }
        : { byDay: [`${nthOf(nth!)}${weekdayOf(one!)}`] }),
    }),
  ],
  [
    String.raw`(?:the\s+)?(?:(?<day>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(?<month>${month})|(?<month2>${month})\s+(?:the\s+)?(?<day2>\d{1,2})(?:st|nd|rd|th)?)`,
    ({ day, month, month2, day2 }) => yearly(Number(day ?? day2), monthOf((month ?? month2)!)),
  ],
  [
    String.raw`(?:the\s+)?(?<days>${dayNumber}(?:${and}(?:the\s+)?${dayNumber}){0,9})(?:\s+day)?${ofMonth}`,
    ({ days }) => monthly(days!),
  ],
]

const daysIn = (list: string): string[] => {
  const named = [...list.matchAll(new RegExp(weekday, 'giu'))].map(([text]) => weekdayOf(text))
  return weekdays.filter((day) => named.includes(day))
}

const yearly = (day: number, byMonth: number): Omit<Pattern, 'times'> | undefined => {
  const days = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][byMonth - 1]!
  if (day < 1 || day > days) return undefined
  // 29 February means the last day of February.
  return { freq: 'YEARLY', interval: 1, byMonth, byMonthDay: [byMonth === 2 && day === 29 ? -1 : day] }
}

/** A day that shorter months lack means their last day. */
const monthly = (list: string): Omit<Pattern, 'times'> | undefined => {
  const days = [...list.matchAll(/\d+|first|last/gi)].map(([text]) =>
    /^\d/.test(text) ? Number(text) : /^f/i.test(text) ? 1 : -1,
  )
  if (days.some((day) => day === 0 || day > 31)) return undefined
  const [day] = days
  const base = { freq: 'MONTHLY', interval: 1 } as const
  if (days.length === 1 && (day === 29 || day === 30))
    return { ...base, byMonthDay: day === 29 ? [28, 29] : [28, 29, 30], bySetPos: -1 }
  return { ...base, byMonthDay: [...new Set(days.map((each) => (each === 31 ? -1 : each)))] }
}

const frequencies = {
  minute: ['MINUTELY', 1],
  hour: ['HOURLY', 1],
  day: ['DAILY', 1],
  week: ['WEEKLY', 1],
  fortnight: ['WEEKLY', 2],
  month: ['MONTHLY', 1],
  quarter: ['MONTHLY', 3],
  year: ['YEARLY', 1],
} as const satisfies Record<string, [Frequency, number]>

/** "3 months", "other week", "hour" */
const units: Reader = [
  String.raw`(?:(?<other>other|alternate)\s+|(?<nth>${nth}|\d{1,2}(?:st|nd|rd|th))\s+|(?<count>${number})\s*)?(?<unit>minute|min|hour|day|week|fortnight|month|quarter|year)s?(?!\s+of\s)`,
  ({ other, nth, count, unit }) => {
    if (/^last/i.test(nth ?? '')) return undefined
    const wished = other ? 2 : nth ? nthOf(nth) : count ? numberOf(count) : 1
    const [freq, times] = frequencies[(unit === 'min' ? 'minute' : unit!.toLowerCase()) as keyof typeof frequencies]
    const interval = wished * times
    return interval >= 1 && interval <= 1_000 ? { freq, interval } : undefined
  },
]

const adverbs: Reader = [
  'daily|weekly|fortnightly|monthly|quarterly|yearly|annually|hourly',
  ({ text }) => {
    const stem = text!.toLowerCase().replace('annually', 'yearly').slice(0, -2)
    const [freq, interval] = frequencies[(stem === 'dai' ? 'day' : stem) as keyof typeof frequencies]
    return { freq, interval }
  },
]

const at = (left: string, from: number, [source, read]: Reader, ending = end) => {
  const match = new RegExp(`(?<text>${source})${ending}`, 'iuy')
  match.lastIndex = from
  const found = match.exec(left)
  const pattern = found && read(found.groups!)
  return pattern ? { pattern, stop: from + found[0].length } : undefined
}

export interface Every {
  start: number
  stop: number
  pattern: Pattern
  /** "every!": counted from the day of completion. */
  fromCompletion: boolean
}

/** Finds the first phrase of how often: "every other week on Monday at 9". */
export const findEvery = ({ left }: Line): Every | undefined => {
  const words = new RegExp(
    String.raw`${begin}(?:(?<every>(?:every|each)(?<bang>!)?\s+)|(?<on>on\s+)(?=(?:week|\p{L}+s${end}))|(?=(?:daily|weekly|fortnightly|monthly|quarterly|yearly|annually|hourly)${end}))`,
    'giu',
  )
  for (const match of left.matchAll(words)) {
    const { every, bang, on } = match.groups!
    const from = match.index + match[0].length
    const core = every
      ? readEvery(left, from)
      : on
        ? pluralDays(left, from)
        : at(left, from, adverbs, `${end}${follows}`)
    if (!core) continue
    const { times, stop } = readTimes(left, core.stop)
    return { start: match.index, stop, pattern: { ...core.pattern, times }, fromCompletion: bang !== undefined }
  }
  return undefined
}

const readEvery = (left: string, from: number) => {
  const found = at(left, from, units)
  if (!found) {
    // The part of the day is read again, for its hour.
    const part = at(left, from, [partOfDay, () => ({ freq: 'DAILY', interval: 1 })])
    return part ? { ...part, stop: from } : firstOf(left, from)
  }
  const { pattern, stop } = found
  // "make every minute count"
  if (/^(?:MINUTELY|HOURLY)$/.test(pattern.freq) && pattern.interval === 1)
    return at(left, from, units, `${end}${follows}`)
  const [, on = ''] = /^(\s+on\s+)/i.exec(left.slice(stop)) ?? []
  const days = on === '' ? undefined : firstOf(left, stop + on.length, pattern.freq)
  return days ? { pattern: { ...days.pattern, interval: pattern.interval }, stop: days.stop } : found
}

/** The days named, if they fit a given frequency: weekdays fit weeks, days of the month fit months. */
const firstOf = (left: string, from: number, freq?: Frequency) => {
  for (const reader of onDays) {
    const found = at(left, from, reader)
    if (found && (freq ?? found.pattern.freq) === found.pattern.freq) return found
  }
  return undefined
}

/** "on Mondays and Thursdays", "on weekdays": the plural means that they repeat. */
const pluralDays = (left: string, from: number) => {
  const found = firstOf(left, from, 'WEEKLY')
  return found && /^(?:\p{L}+s(?:\s*,\s*|\s*&\s*|\s+and\s+|$))+$/iu.test(left.slice(from, found.stop))
    ? found
    : undefined
}

const someTime = String.raw`(?:${clearTime}|\d{1,2})`
const timesAfter = new RegExp(
  String.raw`(?:\s*,)?\s*(?:(?<=\s)(?:in\s+the\s+)?(?<part>${partOfDay})${end})?(?:(?:\s*,)?\s*(?:(?:\bat|@)\s*(?<list>${someTime}${end}(?:${and}(?:at\s+)?${someTime}${end}){0,5})|(?<clear>(?<=\s)${clearTime}${end})))?`,
  'iuy',
)

/** The times of day that follow: "at 8am and 8pm", "morning", "9:30". */
const readTimes = (left: string, from: number): { times: TimeOfDay[]; stop: number } => {
  timesAfter.lastIndex = Math.max(0, from - (left[from - 1] === ' ' ? 1 : 0))
  const match = timesAfter.exec(left)
  const { part, list, clear } = match?.groups ?? {}
  if (!match || !(part ?? list ?? clear)) return { times: [], stop: from }
  const stop = timesAfter.lastIndex
  const times = [...(list ?? clear ?? '').matchAll(new RegExp(someTime, 'giu'))].map(([text]) => timeOf(text))
  if (times.includes(undefined)) return { times: [], stop: from }
  if (times.length === 0) return { times: [{ hour: hourOfPart(part!)!, minute: 0 }], stop }
  // A rule has one minute for all its hours.
  const [first] = times as TimeOfDay[]
  const same = (times as TimeOfDay[]).every(({ minute }) => minute === first!.minute)
  if (same) return { times: times as TimeOfDay[], stop }
  return { times: [first!], stop: left.indexOf(list!, match.index) + someTimeLength(list!) }
}

const someTimeLength = (list: string): number => new RegExp(`^${someTime}`, 'iu').exec(list)![0].length
