import { dayOf } from './calendar.ts'

/** The times of one period of a rule, ascending. */
export interface Period {
  times: Iterable<number>
  /** How far it advances the search, in days looked at. */
  effort: number
}

/** A rule that matches nothing within so many days (160 years) is taken to never match again. */
export const maxVainDays = 60_000

/** After it no date is looked for. */
export const lastDay = dayOf(9999, 12, 31)
