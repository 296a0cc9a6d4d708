import type { Unit } from '../languages/language.ts'
import { is } from './lexemes.ts'
import { type Read, read, type Text } from './text.ts'

const lengths: Partial<Record<Unit, Temporal.DurationLike>> = {
  minute: { minutes: 1 },
  hour: { hours: 1 },
  day: { days: 1 },
  week: { weeks: 1 },
  fortnight: { weeks: 2 },
  month: { months: 1 },
  quarter: { months: 3 },
  year: { years: 1 },
}

export const durationOf = (count: number, unit: Unit): Temporal.Duration | undefined => {
  const length = lengths[unit]
  if (!length || count < 1) return undefined
  const [name, size] = Object.entries(length)[0]!
  return Temporal.Duration.from({ [name]: count * Number(size) })
}

/** "3 days", "an hour", "half an hour", "1h30m", "1 hour and 15 minutes" */
export const readSpan = (text: Text, at: number, isCountOptional = false): Read<Temporal.Duration> | undefined => {
  const { lexemes } = text
  const first = lexemes[at]
  // "two and a half hours"
  if (first?.number !== undefined && is(lexemes[at + 1], 'andHalf') && lexemes[at + 2]?.unit === 'hour')
    return read(Temporal.Duration.from({ hours: first.number, minutes: 30 }), at + 3)
  if (is(first, 'halfHour')) return read(Temporal.Duration.from({ minutes: 30 }), at + 1)
  const one = readOne(text, at, isCountOptional)
  if (!one) return undefined
  if (is(lexemes[one.next], 'andHalf'))
    return one.value.hours > 0 ? read(one.value.add({ minutes: 30 }), one.next + 1) : undefined
  const joint = is(lexemes[one.next], 'and') ? one.next + 1 : one.next
  // "1h 30m": a smaller unit that follows belongs to it.
  const more = one.value.hours > 0 && one.value.minutes === 0 ? readOne(text, joint, false) : undefined
  return more && more.value.minutes > 0 && more.value.hours === 0
    ? read(one.value.add({ minutes: more.value.minutes }), more.next)
    : one
}

const readOne = ({ lexemes }: Text, at: number, isCountOptional: boolean): Read<Temporal.Duration> | undefined => {
  const [first, second] = [lexemes[at], lexemes[at + 1]]
  if (first?.amount) return first.amount.sign > 0 ? read(first.amount, at + 1) : undefined
  if (first?.unit && isCountOptional) {
    const value = durationOf(1, first.unit)
    return value && read(value, at + 1)
  }
  if (first?.number === undefined || (first.ordinal !== undefined && first.digits === undefined) || !second?.unit)
    return undefined
  const value = durationOf(first.number, second.unit)
  return value && read(value, at + 2)
}
