import type { Frequency, Unit } from '../languages/language.ts'
import { is } from './lexemes.ts'
import { type Core, readHoliday, readOrdinals, readWeekdays, readYearly } from './pattern.ts'
import { endsAt, type Read, read, skipThe, type Text } from './text.ts'

export const frequencies: Partial<Record<Unit, [Frequency, number]>> = {
  minute: ['MINUTELY', 1],
  hour: ['HOURLY', 1],
  day: ['DAILY', 1],
  week: ['WEEKLY', 1],
  fortnight: ['WEEKLY', 2],
  month: ['MONTHLY', 1],
  quarter: ['MONTHLY', 3],
  year: ['YEARLY', 1],
}

/** "3 months", "other week", "hour", "15th workday" */
export const readUnits = (text: Text, at: number): Read<Core> | undefined => {
  const { lexemes } = text
  const first = lexemes[at]
  const isOther = is(first, 'other')
  const ordinal = first?.ordinal !== undefined && first.ordinal > 0 ? first.ordinal : undefined
  const isCounted = isOther || ordinal !== undefined || (first?.number !== undefined && (first.digits ?? 1) < 5)
  const unitAt = isCounted ? at + 1 : at
  const unit = lexemes[unitAt]?.unit
  const entry = unit && frequencies[unit]
  if (!entry || (lexemes[unitAt]!.ordinal !== undefined && !isCounted)) {
    if (unit === 'weekend' && isOther) return read({ freq: 'WEEKLY', interval: 2, byDay: ['SA'] }, unitAt + 1)
    if (unit === 'weekend' && ordinal === 2 && !is(lexemes[unitAt + 1], 'ofMonth'))
      return read({ freq: 'WEEKLY', interval: 2, byDay: ['SA'] }, unitAt + 1)
    return undefined
  }
  if (first?.amount) return undefined
  // "every 3rd day of the month" is a day of the month; in French and Spanish, "every day 15" too.
  if (
    unit === 'day' &&
    (is(lexemes[unitAt + 1], 'ofMonth', 'ofEachMonth') ||
      (is(lexemes[unitAt + 1], 'of') && lexemes[unitAt + 2]?.month !== undefined))
  )
    return undefined
  if (unit === 'day' && !isCounted && text.language.code !== 'en' && (lexemes[unitAt + 1]?.digits ?? 9) < 3)
    return undefined
  const [freq, size] = entry
  const interval = size * (isOther ? 2 : (ordinal ?? (isCounted ? first!.number! : 1)))
  if (interval < 1 || interval > 1_000) return undefined
  const next = unitAt + 1
  // "make every minute count"
  if ((freq === 'MINUTELY' || freq === 'HOURLY') && interval === 1 && !endsAt(text, next)) return undefined
  return withDays(text, { freq, interval }, next, false)
}

/** The days on which it repeats, after a unit: "every 2 weeks on tuesday", "monthly on the 2nd tuesday". */
export const withDays = (text: Text, core: Core, at: number, isAdverb: boolean): Read<Core> => {
  const { lexemes } = text
  const isFrom = core.freq === 'DAILY' && is(lexemes[at], 'from')
  const isOn = is(lexemes[at], 'on') && lexemes[at]?.weekday === undefined
  const start = skipThe(text, isOn || isFrom ? at + 1 : at)
  const first = lexemes[start]
  const days =
    isOn || isFrom || start > at || first?.isPlural || (core.freq === 'WEEKLY' && first?.weekday && !first.isShort)
      ? readWeekdays(text, start)
      : undefined
  if (core.freq === 'DAILY') {
    const isRange = days && lexemes.slice(start, days.next).some((each) => is(each, 'to', 'until'))
    return isRange && core.interval === 1
      ? read({ freq: 'WEEKLY', interval: 1, byDay: days.value }, days.next)
      : read(core, at)
  }
  if (core.freq === 'WEEKLY') return days ? read({ ...core, byDay: days.value }, days.next) : read(core, at)
  if (!isOn && start === at && !(first?.unit === 'day' && text.language.code === 'es')) return read(core, at)
  const found =
    core.freq === 'MONTHLY'
      ? readOrdinals(text, start, true)
      : core.freq === 'YEARLY'
        ? (readHoliday(text, start) ?? readYearly(text, start) ?? readOrdinals(text, start))
        : undefined
  if (!found || found.value.freq !== core.freq) return read(core, at)
  // "monthly on the 3rd" is a plain month that begins on a 3rd.
  const [only, ...others] = found.value.byMonthDay ?? []
  if (isAdverb && core.freq === 'MONTHLY' && !found.value.bySetPos && others.length === 0 && only! > 0)
    return read(core, at)
  return read({ ...found.value, interval: core.interval }, found.next)
}
