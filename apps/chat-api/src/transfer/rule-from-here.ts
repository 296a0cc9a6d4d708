import type { Task } from '@taskflow/event-contracts'
import { countOf, occurrences, RecurrenceError, type Schedule } from '@taskflow/recurrence'
import { dueFrom } from '@taskflow/tasks'
import { icalTime } from './calendar-rule.ts'

/** The schedule of a series, as the database and an export have it. */
export interface SeriesSchedule {
  rule: string
  interval: number
  start_date: string
  time_zone: string
  skipped: string[]
  first_occurrence: number
}

type Recurring = Pick<
  Task,
  'due_date' | 'due_on' | 'time_zone' | 'recurrence_rule' | 'recurrence_interval' | 'recurrence_anchor' | 'occurrence'
>
type Rule = Pick<Task, 'recurrence_rule' | 'recurrence_interval'>

/** How many dates have to be the same. */
const compared = 40

/**
 * The rule by which a new series that begins with this task has the dates that are to come in its own: COUNT is what is
 * left, `monthly` keeps the 31st, skipped dates are left out. If no such rule can be written, it brings its DTSTART.
 */
export const ruleFromHere = (task: Recurring, series: SeriesSchedule | undefined): Rule => {
  const asIs = { recurrence_rule: task.recurrence_rule, recurrence_interval: task.recurrence_interval }
  const due = dueFrom(task)
  if (!series || due === null || task.recurrence_rule !== series.rule) return asIs
  const here = localOf(due, series.time_zone)
  const skipped = series.skipped.filter((date) => date > here)
  if (here === series.start_date && skipped.length === 0) return asIs
  try {
    if (task.recurrence_anchor === 'completed_at') return fromCompletion(task, series, skipped)
    return fromDate(asIs, series, { due, here, skipped })
  } catch (error) {
    if (!(error instanceof RecurrenceError)) throw error
    return asIs
  }
}

const localOf = (instant: string, time_zone: string): string =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(time_zone).toPlainDateTime().toString({ smallestUnit: 'second' })

const scheduleOf = ({ rule, interval, start_date, time_zone }: SeriesSchedule): Schedule => ({
  ...{ rule, interval, time_zone },
  start: start_date,
})

/** COUNT counts tasks, of which some are done. */
const fromCompletion = (task: Recurring, series: SeriesSchedule, skipped: string[]): Rule => {
  const done = (task.occurrence ?? series.first_occurrence) - series.first_occurrence
  const isCounted = countOf(scheduleOf(series)) !== undefined
  const rule = isCounted ? withCount(series.rule, (count) => Math.max(1, count - done)) : series.rule
  if (skipped.length === 0) return { recurrence_rule: rule, recurrence_interval: series.interval }
  const expanded = expandShortForm({ ...series, rule })
  return { recurrence_rule: withExceptions(expanded.rule, skipped), recurrence_interval: expanded.interval }
}

const fromDate = (
  asIs: Rule,
  series: SeriesSchedule,
  { due, here, skipped }: { due: string; here: string; skipped: string[] },
): Rule => {
  const dates = (schedule: Schedule) => occurrences(schedule, { after: due, count: compared + skipped.length })
  const textOf = (list: { instant: string }[]) =>
    list
      .slice(0, compared)
      .map(({ instant }) => instant)
      .join()
  const wanted = textOf(dates(scheduleOf(series)).filter(({ local }) => !skipped.includes(local)))
  const isSame = ({ rule, interval }: RuleText) =>
    textOf(dates({ rule, interval, start: here, time_zone: series.time_zone })) === wanted
  const expanded = expandShortForm(series)
  const hasStart = /DTSTART/i.test(series.rule)
  const isCounted = /COUNT=/i.test(series.rule) && !hasStart
  const candidates: (() => RuleText)[] = [
    // What counts would count again.
    ...(isCounted ? [] : [() => ({ rule: series.rule, interval: series.interval })]),
    () => ({
      ...expanded,
      rule: withExceptions(isCounted ? countedFrom(expanded.rule, series, due) : expanded.rule, skipped),
    }),
    () => ({ ...expanded, rule: withStart(withExceptions(expanded.rule, skipped), series) }),
  ]
  for (const candidate of candidates) {
    const found = ifCheap(() => [candidate()].find(isSame))
    if (found) return { recurrence_rule: found.rule, recurrence_interval: found.interval }
  }
  return asIs
}

interface RuleText {
  rule: string
  interval: number
}

/** Undefined when it costs too much to find out, or is no rule. */
const ifCheap = <Found>(find: () => Found): Found | undefined => {
  try {
    return find()
  } catch (error) {
    if (!(error instanceof RecurrenceError)) throw error
    return undefined
  }
}

const shortForms: Record<string, string> = { daily: 'DAILY', weekly: 'WEEKLY', monthly: 'MONTHLY', yearly: 'YEARLY' }

/** A short form as an RRULE; on a day that shorter months lack it means their last day. */
export const expandShortForm = ({
  rule,
  interval,
  start_date,
}: Pick<SeriesSchedule, 'rule' | 'interval' | 'start_date'>): { rule: string; interval: number } => {
  const freq = shortForms[rule]
  if (!freq) return { rule, interval }
  const { day, month } = Temporal.PlainDate.from(start_date.slice(0, 10))
  const days = [28, 29, 30, 31].filter((each) => each <= day).join()
  const clamps = day > 28 && (rule === 'monthly' || (rule === 'yearly' && month === 2))
  const parts = [
    `FREQ=${freq}`,
    ...(interval > 1 ? [`INTERVAL=${interval}`] : []),
    ...(clamps ? [...(rule === 'yearly' ? [`BYMONTH=${month}`] : []), `BYMONTHDAY=${days}`, 'BYSETPOS=-1'] : []),
  ]
  return { rule: parts.join(';'), interval: 1 }
}

const linesOf = (rule: string): string[] => rule.trim().split(/\r?\n|\\n/)

const isRule = (line: string): boolean => !/^\s*(?:DTSTART|RDATE|EXDATE)[;:]/i.test(line)

export const withCount = (rule: string, change: (count: number) => number): string =>
  rule.replace(/COUNT=(\d+)/i, (_, count: string) => `COUNT=${change(Number(count))}`)

/** Each rule with what is left of its COUNT from a date on; without those that have ended. */
const countedFrom = (rule: string, { interval, start_date, time_zone }: SeriesSchedule, due: string): string => {
  const after = Temporal.Instant.from(due).subtract({ milliseconds: 1 }).toString()
  return linesOf(rule)
    .flatMap((line) => {
      if (!isRule(line) || !/COUNT=/i.test(line)) return [line]
      const left = occurrences({ rule: line, interval, start: start_date, time_zone }, { after, count: 10_000 }).length
      return left === 0 ? [] : [withCount(line, () => left)]
    })
    .join('\n')
}

/** A rule that leaves out dates has lines. */
export const withExceptions = (rule: string, skipped: string[]): string => {
  if (skipped.length === 0) return rule
  const lines = linesOf(rule).map((line) => (isRule(line) ? `RRULE:${line.trim().replace(/^RRULE:/i, '')}` : line))
  return [...lines, `EXDATE:${skipped.map(icalTime).join()}`].join('\n')
}

const withStart = (rule: string, { start_date }: SeriesSchedule): string => {
  if (/DTSTART/i.test(rule)) return rule
  const lines = linesOf(rule).map((line) => (isRule(line) ? `RRULE:${line.trim().replace(/^RRULE:/i, '')}` : line))
  return [`DTSTART:${icalTime(start_date)}`, ...lines].join('\n')
}
