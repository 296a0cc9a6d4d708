export type Unit =
  | 'minute'
  | 'hour'
  | 'day'
  | 'week'
  | 'fortnight'
  | 'month'
  | 'quarter'
  | 'year'
  | 'workday'
  | 'weekend'
export type Part = 'morning' | 'noon' | 'afternoon' | 'evening' | 'night'
export type Frequency = 'MINUTELY' | 'HOURLY' | 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY'

/** What the words of the grammar do. */
export type Tag =
  | 'every'
  | 'other'
  | 'otherAfter'
  | 'on'
  | 'at'
  | 'in'
  | 'by'
  | 'due'
  | 'before'
  | 'after'
  | 'from'
  | 'starting'
  | 'until'
  | 'for'
  | 'of'
  | 'ofMonth'
  | 'ofEachMonth'
  | 'and'
  | 'or'
  | 'to'
  | 'except'
  | 'next'
  | 'this'
  | 'past'
  | 'the'
  | 'pluralThe'
  | 'last'
  | 'times'
  | 'once'
  | 'twice'
  | 'per'
  | 'completion'
  | 'clock'
  | 'am'
  | 'pm'
  | 'noon'
  | 'midnight'
  | 'halfPast'
  | 'halfTo'
  | 'quarterPast'
  | 'quarterTo'
  | 'andHalf'
  | 'andQuarter'
  | 'lessQuarter'
  | 'minutesPast'
  | 'minutesTo'
  | 'begin'
  | 'mid'
  | 'end'
  | 'endOfDay'
  | 'advent'
  | 'remind'
  | 'me'
  | 'about'
  | 'fromNow'
  | 'halfHour'
  | 'withIn'
  | 'workdayAdverb'
  | 'joins'
  | 'ago'
  | 'nextAfter'
  | 'weekLater'
  | 'twoWeeksLater'
  | 'dayBefore'
  | 'evening before'

/**
 * The words of a language, for the one grammar of all. Alternatives are separated by `|`; accents and case do not
 * matter. Lists of weekdays begin on Monday, those of months in January.
 */
export interface Language {
  code: 'en' | 'de' | 'fr' | 'es'
  weekdays: string[]
  /** Abbreviations, which often mean something else. */
  shortWeekdays: string[]
  /** Forms that repeat by themselves or after "on": "mondays". */
  pluralWeekdays: string[]
  months: string[]
  shortMonths: string[]
  /** From zero. */
  numbers: string[]
  /** From the first. */
  ordinals: string[]
  /** From the last but one. */
  countedBack: string[]
  units: Record<Unit, string>
  /** Parts of the day: beside a day ("friday evening"), and by themselves ("in the evening", "abends"). */
  parts: Partial<Record<Part, string>>
  ofDay: Partial<Record<Part, string>>
  /** Days counted from today. */
  days: Record<number, string>
  /** Today, with a part of it: "tonight". */
  tonight: string
  adverbs: [words: string, freq: Frequency, interval: number][]
  words: Partial<Record<Tag, string>>
  holidays: Record<string, string>
  /** Words that a task often begins with: "on the 15th call Bob". */
  startsTask: RegExp
  /** Words that only this language has; without one, it is not recognized unless the account speaks it. */
  evidence: string
}
