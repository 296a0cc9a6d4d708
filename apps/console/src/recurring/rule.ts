/** A rule as the editor's fields have it. What they cannot say is kept as text (`custom`). */
export interface RuleFields {
  unit: 'daily' | 'weekly' | 'monthly' | 'yearly'
  interval: number
  /** Weekly: the days, as MO to SU; none is the day of the start. */
  days: string[]
  /** Monthly: the day of the start (the last one in shorter months), the last day, or the weekday of the start. */
  monthly: 'day' | 'last' | 'weekday'
  end: { kind: 'never' } | { kind: 'count'; count: number } | { kind: 'until'; date: string }
  custom: string | undefined
}

export const weekdayCodes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const

const units = { daily: 'DAILY', weekly: 'WEEKLY', monthly: 'MONTHLY', yearly: 'YEARLY' } as const
export const isShort = (rule: string): rule is keyof typeof units => Object.hasOwn(units, rule)

export const plainRule: RuleFields = {
  unit: 'weekly',
  interval: 1,
  days: [],
  monthly: 'day',
  end: { kind: 'never' },
  custom: undefined,
}

/** Reads a rule into fields; one that says more than the fields can, for a start on that day, is kept as it is. */
export const readRule = (rule: string, interval: number, start: string): RuleFields => {
  if (isShort(rule)) return { ...plainRule, unit: rule, interval }
  const fields = fieldsOf(rule, start)
  return fields ?? { ...plainRule, custom: rule }
}

const fieldsOf = (rule: string, start: string): RuleFields | undefined => {
  if (!/^[A-Z]+=[^;\n]+(;[A-Z]+=[^;\n]+)*$/.test(rule)) return undefined
  const parts = Object.fromEntries(rule.split(';').map((part) => part.split('=') as [string, string]))
  const { FREQ, INTERVAL = '1', BYDAY, BYMONTHDAY, COUNT, UNTIL, ...more } = parts
  const unit = (Object.keys(units) as (keyof typeof units)[]).find((each) => units[each] === FREQ)
  if (!unit || Object.keys(more).length > 0) return undefined
  const end = endOf(COUNT, UNTIL)
  if (!end) return undefined
  const fields = { ...plainRule, unit, interval: Number(INTERVAL), end }
  if (unit === 'weekly' && BYDAY !== undefined && BYMONTHDAY === undefined && /^\w\w(,\w\w)*$/.test(BYDAY))
    return { ...fields, days: BYDAY.split(',') }
  // Without days an RRULE leaves out months that have no 31st, which the fields do not.
  if (unit === 'monthly') return monthlyFields(fields, BYDAY, BYMONTHDAY, start)
  return BYDAY === undefined && BYMONTHDAY === undefined ? fields : undefined
}

const monthlyFields = (
  fields: RuleFields,
  byDay: string | undefined,
  byMonthDay: string | undefined,
  start: string,
): RuleFields | undefined => {
  const day = Number(start.slice(8, 10))
  if (byDay === undefined && byMonthDay === '-1') return { ...fields, monthly: 'last' }
  if (byDay === undefined && byMonthDay === String(day) && day <= 28) return { ...fields, monthly: 'day' }
  if (byMonthDay === undefined && byDay === weekdayInMonth(start)) return { ...fields, monthly: 'weekday' }
  return undefined
}

const endOf = (count: string | undefined, until: string | undefined): RuleFields['end'] | undefined => {
  if (count !== undefined) return { kind: 'count', count: Number(count) }
  if (until === undefined) return { kind: 'never' }
  const parts = /^(\d{4})(\d\d)(\d\d)T235959$/.exec(until)
  return parts ? { kind: 'until', date: `${parts[1]}-${parts[2]}-${parts[3]}` } : undefined
}

/**
 * The rule that the fields say, as the interface takes it. Where a short form says the same it is used: `monthly` knows
 * the last day of shorter months. `start` is the local date-time of the first occurrence.
 */
export const writeRule = (fields: RuleFields, start: string): { rule: string; interval: number } => {
  const { unit, interval, days, monthly, end, custom } = fields
  if (custom !== undefined) return { rule: custom, interval: 1 }
  const by = byPart(unit, days, monthly, start)
  if (by.length === 0 && end.kind === 'never') return { rule: unit, interval }
  const parts = [
    `FREQ=${units[unit]}`,
    ...(interval > 1 ? [`INTERVAL=${interval}`] : []),
    ...(by.length === 0 && unit === 'monthly' ? [`BYMONTHDAY=${Number(start.slice(8, 10))}`] : by),
    ...(end.kind === 'count' ? [`COUNT=${end.count}`] : []),
    ...(end.kind === 'until' ? [`UNTIL=${end.date.replaceAll('-', '')}T235959`] : []),
  ]
  return { rule: parts.join(';'), interval: 1 }
}

const byPart = (unit: RuleFields['unit'], days: string[], monthly: RuleFields['monthly'], start: string): string[] => {
  if (unit === 'weekly' && days.length > 0)
    return [`BYDAY=${weekdayCodes.filter((day) => days.includes(day)).join(',')}`]
  if (unit === 'monthly' && monthly === 'last') return ['BYMONTHDAY=-1']
  if (unit === 'monthly' && monthly === 'weekday') return [`BYDAY=${weekdayInMonth(start)}`]
  return []
}

/** The weekday of a date with its number within the month, such as 2TU; the last one is -1. */
export const weekdayInMonth = (start: string): string => {
  const date = new Date(`${start.slice(0, 10)}T00:00:00Z`)
  const code = weekdayCodes[(date.getUTCDay() + 6) % 7]!
  const number = Math.ceil(date.getUTCDate() / 7)
  return `${number === 5 ? -1 : number}${code}`
}
