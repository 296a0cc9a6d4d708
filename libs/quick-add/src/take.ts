import type { Meaning } from './line.ts'

/** A part of the text that is used. */
export interface Take {
  /** Indexes of lexemes. */
  from: number
  to: number
  means: Meaning
  value: unknown
  sentence: string
}

export const dayInWords = (date: Temporal.PlainDate): string => date.toLocaleString('en-GB', { dateStyle: 'full' })

export const inWords = (moment: Temporal.ZonedDateTime): string =>
  `${moment.toPlainDateTime().toLocaleString('en-GB', { dateStyle: 'full', timeStyle: 'short' })}, ${moment.timeZoneId}`
