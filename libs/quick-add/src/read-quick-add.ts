import { type Lexeme, lex } from './grammar/lexemes.ts'
import { leftovers } from './grammar/scan.ts'
import type { Text } from './grammar/text.ts'
import { lexicons } from './languages/lexicon.ts'
import { createLine, type NotUnderstood, type Understood } from './line.ts'
import { readMarks, readQuotes } from './marks.ts'
import { dueFields, type LocalDue } from './moment.ts'
import { type Reading, readText } from './reading.ts'
import type { QuickReminder } from './reminders.ts'

/** The most characters of a line; longer text is a description. It bounds the time that reading takes. */
export const maxQuickAddLength = 500
const maxReminders = 20

/** The fields of a task that the text names. */
export interface QuickTask {
  /** Empty when all of the text is something else. */
  title: string
  time_zone: string
  /** An instant; a task with a day alone has `due_on`. */
  due_date?: string
  due_on?: string
  priority?: 'low' | 'medium' | 'high'
  tags?: string[]
  category?: string
  recurrence_rule?: string
  recurrence_interval?: number
  recurrence_anchor?: 'completed_at'
  reminders?: QuickReminder[]
}

export interface QuickAddOptions {
  now: Temporal.Instant
  time_zone: string
  locale?: string
  /** From when on reminders of a task that is due on a day are counted: 09:00 by default. */
  reminder_time?: string
  /** Parts of the text, as [start, end), that belong to the title whatever they seem to mean. */
  literal?: [number, number][]
}

export interface QuickAddReading {
  task: QuickTask
  understood: Understood[]
  /** Parts that look like a date, rule or reminder and stay in the title. */
  not_understood: NotUnderstood[]
  /** The due date on the wall clock. */
  due?: LocalDue
}

/**
 * Reads a task out of a line such as "pay rent every 1st at 9 !high #home remind 1d before". What is not understood is
 * the title, so any text is accepted (docs/quick-add.md).
 */
export const readQuickAdd = (text: string, options: QuickAddOptions): QuickAddReading => {
  const reminderTime = Temporal.PlainTime.from(options.reminder_time ?? '09:00')
  const now = options.now.toZonedDateTimeISO(options.time_zone)
  const line = createLine(text.slice(0, maxQuickAddLength))
  for (const [start, end] of options.literal ?? []) line.keep(start, end)
  readQuotes(line)
  const { tags, ...marks } = readMarks(line)
  const { reading, text: source } = bestReading(line.left, now, reminderTime, options.locale)
  const placeOf = ({ from, to }: { from: number; to: number }) => ({
    start: source.lexemes[from]!.start,
    end: source.lexemes[to - 1]!.end,
  })
  for (const take of reading.takes) {
    const { start, end } = placeOf(take)
    line.take(start, end, take.means, take.value, take.sentence)
  }
  const isTaken = (index: number) => reading.takes.some(({ from, to }) => index >= from && index < to)
  const isRefused = (index: number) => reading.refused.some(({ from, to }) => index >= from && index < to)
  const rest = reading.takes.length > 0 ? leftovers(source, (index) => isTaken(index) || isRefused(index)) : []
  const { due, rule, reminders } = reading
  return {
    task: {
      title: line.title(),
      time_zone: options.time_zone,
      ...marks,
      ...(tags.length > 0 ? { tags } : {}),
      ...(due ? dueFields(due, now) : {}),
      ...rule,
      ...(reminders.length > 0 ? { reminders } : {}),
    },
    understood: line.understood.toSorted((a, b) => a.start - b.start),
    not_understood: [...reading.refused, ...rest]
      .map(placeOf)
      .toSorted((a, b) => a.start - b.start)
      .map(({ start, end }) => ({ text: text.slice(start, end), start, end })),
    ...(due ? { due } : {}),
  }
}

type Code = keyof typeof lexicons

/** The languages, that of the account first. */
const languagesOf = (locale: string | undefined): { code: Code; monthFirst: boolean }[] => {
  let [own, monthFirst]: [string, boolean] = ['en', true]
  try {
    const { language, region } = new Intl.Locale(locale ?? 'en').maximize()
    ;[own, monthFirst] = [language, region === 'US']
  } catch {
    // Of a locale that is none, English is read.
  }
  const code = (own in lexicons ? own : 'en') as Code
  return [code, ...(Object.keys(lexicons) as Code[]).filter((each) => each !== code)].map((each) => ({
    code: each,
    monthFirst,
  }))
}

/** The reading that understands most. A language other than the account's counts only if the text is in it. */
const bestReading = (
  left: string,
  now: Temporal.ZonedDateTime,
  reminderTime: Temporal.PlainTime,
  locale: string | undefined,
) => {
  let best: { reading: Reading; text: Text; score: number } | undefined
  for (const { code, monthFirst } of languagesOf(locale)) {
    const lexicon = lexicons[code]
    const lexemes: Lexeme[] = lex(left, lexicon)
    const text: Text = { source: left, lexemes, language: lexicon.language, monthFirst, now, reminderTime }
    const isOwn = best === undefined
    if (!isOwn && !isWritten(left, code)) continue
    const reading = readText(text, maxReminders)
    const characters = (parts: { from: number; to: number }[]) =>
      parts.reduce((sum, { from, to }) => sum + lexemes[to - 1]!.end - lexemes[from]!.start, 0)
    // What is refused was recognized too: another language must not read a part of it as something else.
    const score = characters(reading.takes) + characters(reading.refused) * 0.5
    if (!best || score > best.score) best = { reading, text, score }
  }
  return best!
}

const isWritten = (left: string, code: Code): boolean => {
  const words = left
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('’', "'")
    .split(/[^\p{L}'-]+/u)
  return words.some((word) => lexicons[code].evidence.has(word))
}
