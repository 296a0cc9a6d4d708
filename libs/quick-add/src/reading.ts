import { describeSchedule } from '@taskflow/recurrence'
import type { Clock } from './grammar/clock.ts'
import { type Piece, scan } from './grammar/scan.ts'
import type { Text } from './grammar/text.ts'
import type { When } from './grammar/when.ts'
import { dueFields, dueInWords, type LocalDue, momentOf } from './moment.ts'
import { type QuickReminder, readReminders } from './reminders.ts'
import { type Bounds, firstDate, ruleOf } from './schedule.ts'
import type { Take } from './take.ts'

/** What one language makes of a text. */
export interface Reading {
  due?: LocalDue
  rule?: { recurrence_rule: string; recurrence_interval?: number; recurrence_anchor?: 'completed_at' }
  reminders: QuickReminder[]
  takes: Take[]
  /** What was read, but is not used: a second date, a rule with a part that it cannot hold. */
  refused: { from: number; to: number }[]
}

type WhenPiece = Extract<Piece, { is: 'when' }>
type RulePiece = Extract<Piece, { is: 'rule' }> & { rule: { isRefused: false } }

export const readText = (text: Text, maxReminders: number): Reading => {
  const pieces = scan(text)
  const takes: Take[] = []
  const rule = pieces.find((piece): piece is RulePiece => piece.is === 'rule' && !piece.rule.isRefused)
  const whens = pieces.filter((piece): piece is WhenPiece => piece.is === 'when' && !piece.when.isRefused)
  const repeated = rule && readRepetition(text, rule, pieces, whens, takes)
  const due = repeated?.due ?? (rule ? undefined : readDue(text, whens, takes))
  const reminders = readReminders(text, pieces, due, repeated !== undefined, maxReminders, takes)
  const taken = (piece: Piece) => takes.some(({ from, to }) => from === piece.from && to === piece.to)
  return {
    ...(due ? { due } : {}),
    ...(repeated ? { rule: repeated.rule } : {}),
    reminders,
    takes,
    refused: pieces.filter((piece) => !taken(piece)).map(({ from, to }) => ({ from, to })),
  }
}

/** The parts of one date: a day and a time may stand apart. The first of each counts. */
const partsOfDue = (whens: WhenPiece[], repeats: boolean): WhenPiece[] => {
  const parts: WhenPiece[] = []
  for (const each of whens) {
    const { role, isTimeRange, day } = each.when
    const isDue = role === 'due' || (!repeats && ((role === 'from' && isTimeRange) || isStart(each)))
    if (!isDue || day?.last) continue
    const clashes = parts.some(
      ({ when }) =>
        when.day?.instant || when.offset !== undefined || (when.day && day) || (when.time && each.when.time),
    )
    if (!clashes && !(day?.instant && parts.length > 0)) parts.push(each)
  }
  return parts
}

/** "starting friday" is a date also when nothing repeats, "from friday" is not. */
const isStart = ({ when }: WhenPiece): boolean => when.day !== undefined && when.isStart === true

const readDue = (text: Text, whens: WhenPiece[], takes: Take[]): LocalDue | undefined => {
  const parts = partsOfDue(whens, false)
  if (parts.length === 0) return undefined
  const due = momentOf(
    parts.map(({ when }) => when),
    text.now,
  )
  if (!due) return undefined
  const sentence = `due ${dueInWords(due, text.now)}`
  const [[means, value]] = Object.entries(dueFields(due, text.now)) as [['due_date' | 'due_on', string]]
  for (const { from, to } of parts) takes.push({ from, to, means, value, sentence })
  return due
}

const readRepetition = (text: Text, piece: RulePiece, pieces: Piece[], whens: WhenPiece[], takes: Take[]) => {
  const { now } = text
  const { fromCompletion } = piece.rule
  const taken: { from: number; to: number }[] = [piece]
  const explicit =
    whens.find(({ when }) => when.role === 'from' && when.day && !when.day.isMonth) ??
    whens.find(({ when }) => when.role === 'from' && when.day)
  const isPlain = !piece.rule.pattern.byDay && !piece.rule.pattern.byMonthDay
  const bare = explicit
    ? undefined
    : partsOfDue(whens, true).find(({ when }) => when.day && (isPlain || fits(piece, when)))
  const from = explicit ?? bare
  const parts = [from, ...partsOfDue(whens, true), ...whens.filter(({ when }) => when.role === 'from')]
  const timed =
    piece.rule.pattern.times.length > 0
      ? undefined
      : parts.find((each) => each?.when.time && (!each.when.day || each === from) && !each.when.day?.instant)
  const times: Clock[] = timed?.when.time ? [timed.when.time] : piece.rule.pattern.times
  const pattern = { ...piece.rule.pattern, times }
  const isOfHours = pattern.freq === 'HOURLY' || pattern.freq === 'MINUTELY'
  const first = firstDate(pattern, from?.when.day?.date, now)
  if (!first) return undefined
  for (const each of new Set([from, timed])) if (each) taken.push(each)
  const bounds = boundsOf(pieces, whens, from, first.toPlainDate(), taken)
  const { rule, interval } = ruleOf(pattern, bounds)
  const completion = pieces.find((each) => each.is === 'completion')
  if (completion) taken.push(completion)
  const schedule = {
    rule,
    interval,
    time_zone: now.timeZoneId,
    start: first.toPlainDateTime().toString({ smallestUnit: 'second' }),
  }
  const isFromCompletion = fromCompletion || completion !== undefined
  const isAllDay = times.length === 0 && !isOfHours
  const sentence = `repeats ${describeSchedule(schedule, { isAllDay })}${isFromCompletion ? ', counted from completion' : ''}`
  const value = interval === 1 ? rule : `${rule}, interval ${interval}`
  for (const { from, to } of taken) takes.push({ from, to, means: 'recurrence', value, sentence })
  const due: LocalDue = {
    date: first.toPlainDate(),
    ...(isAllDay ? {} : { time: first.toPlainTime() }),
    isDated: true,
  }
  return {
    due,
    rule: {
      recurrence_rule: rule,
      ...(interval === 1 ? {} : { recurrence_interval: interval }),
      ...(isFromCompletion ? { recurrence_anchor: 'completed_at' as const } : {}),
    },
  }
}

/** A date beside a rule of days is its start only if it is one of them. */
const fits = ({ rule }: RulePiece, { day }: When): boolean => {
  const { byDay, byMonthDay } = rule.pattern
  const date = day!.date
  if (byMonthDay) return byMonthDay.includes(date.day)
  return byDay!.some((each) => each.slice(-2) === ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'][date.dayOfWeek - 1])
}

/** When it ends: "for 10 times", "until May", "for 3 weeks". An end before the start stays in the title. */
const boundsOf = (
  pieces: Piece[],
  whens: WhenPiece[],
  from: WhenPiece | undefined,
  begins: Temporal.PlainDate,
  taken: { from: number; to: number }[],
): Bounds => {
  const count = pieces.find((piece) => piece.is === 'count')
  if (count) {
    taken.push(count)
    return { count: count.count }
  }
  const until = whens.find(({ when }) => when.role === 'until' && when.day && !when.day.instant)
  const day = until?.when.day
  const month =
    day?.isMonth && Temporal.PlainDate.compare(day.date.add({ months: 1 }), begins) <= 0
      ? day.date.add({ years: 1 })
      : day?.date
  const end = day?.isMonth ? month!.with({ day: month!.daysInMonth }) : (day?.date ?? from?.when.day?.last)
  if (end && Temporal.PlainDate.compare(end, begins) >= 0) {
    if (until) taken.push(until)
    return { until: end }
  }
  const long = pieces.find((piece) => piece.is === 'for')
  if (!long) return {}
  const last = begins.add(long.duration).subtract({ days: 1 })
  if (last.year > 8_999) return {}
  taken.push(long)
  return { until: last }
}
