import type { Frequency, Unit } from '../languages/language.ts'
import { readClock, readTimes } from './clock.ts'
import { is } from './lexemes.ts'
import {
  type Core,
  joint,
  type Pattern,
  readHoliday,
  readOrdinals,
  readWeekdays,
  readYearly,
  weekdays,
} from './pattern.ts'
import { endsAt, isDatelike, type Read, read, skip, skipThe, type Text } from './text.ts'

/** How often; `isRefused` when it begins as a rule and goes on with something that the rule cannot hold. */
export type Rule = { isRefused: true } | { isRefused: false; pattern: Pattern; fromCompletion: boolean }

const frequencies: Partial<Record<Unit, [Frequency, number]>> = {
  minute: ['MINUTELY', 1],
  hour: ['HOURLY', 1],
  day: ['DAILY', 1],
  week: ['WEEKLY', 1],
  fortnight: ['WEEKLY', 2],
  month: ['MONTHLY', 1],
  quarter: ['MONTHLY', 3],
  year: ['YEARLY', 1],
}

/** Finds out how often at one place: "every other week on Monday at 9". */
export const readRule = (text: Text, at: number): Read<Rule> | undefined => {
  const { lexemes } = text
  const first = lexemes[at]
  const isEvery = is(first, 'every') && first?.adverb === undefined
  if (first?.adverb) {
    const core = withDays(text, { ...first.adverb }, at + 1, true)
    return endsAt(text, core.next) || text.language.code === 'de' ? finish(text, core, at, false) : undefined
  }
  if (isEvery) {
    const isBang = lexemes[at + 1]?.isBang === true
    const start = isBang ? at + 2 : at + 1
    const core = readCore(text, start)
    if (core) return finish(text, core, at, isBang)
    const isBroken =
      isDatelike(lexemes[start]) || (lexemes[start]?.number !== undefined && lexemes[start + 1]?.unit !== undefined)
    return isBroken ? read({ isRefused: true }, endOfRun(text, start)) : undefined
  }
  const core = readWithoutEvery(text, at)
  return core && finish(text, core, at, false)
}

/** "on mondays and thursdays", "mondays at 8", "the 1st of each month", "twice a month" */
const readWithoutEvery = (text: Text, at: number): Read<Core> | undefined => {
  const { lexemes, language } = text
  const isOn = is(lexemes[at], 'on') && lexemes[at]?.weekday === undefined
  const start = skipThe(text, isOn ? at + 1 : at)
  const isPluralThe =
    is(lexemes[start - 1], 'pluralThe') ||
    (language.code === 'es' && /^los$/i.test(text.source.slice(lexemes[start - 1]?.start, lexemes[start - 1]?.end))) ||
    (language.code === 'fr' && /^les$/i.test(text.source.slice(lexemes[start - 1]?.start, lexemes[start - 1]?.end)))
  const days = readWeekdays(text, start)
  if (days) {
    const named = lexemes
      .slice(start, days.next)
      .filter((each) => each.weekday !== undefined || each.unit !== undefined)
    const isPlural =
      named.every(
        (each) => each.isPlural || (each.unit !== undefined && /s$/i.test(text.source.slice(each.start, each.end))),
      ) ||
      (isPluralThe && start > at)
    const attached = named.length === 1 ? named[0]!.attached : undefined
    const isMarked = isOn || language.code !== 'en' || readTimes(text, days.next, 6, attached) !== undefined
    return isPlural && isMarked && start <= days.next
      ? read({ freq: 'WEEKLY', interval: 1, byDay: days.value }, days.next)
      : undefined
  }
  if (
    lexemes[start]?.unit === 'weekend' &&
    isOn &&
    /s$/i.test(text.source.slice(lexemes[start]!.start, lexemes[start]!.end))
  )
    return read({ freq: 'WEEKLY', interval: 1, byDay: ['SA'] }, start + 1)
  if (lexemes[start]?.ordinal !== undefined || lexemes[start]?.digits !== undefined || lexemes[start]?.unit === 'day') {
    const found = readOrdinals(text, start, true)
    const marker = found && lexemes[found.next - 1]
    const isEach = is(marker, 'ofEachMonth') || (marker?.unit === 'month' && is(lexemes[found!.next - 2], 'every'))
    return found && isEach ? found : undefined
  }
  const isTwice = is(lexemes[at], 'twice')
  if (isTwice || is(lexemes[at], 'once')) {
    const unitAt = is(lexemes[at + 1], 'per', 'every', 'the', 'on') || lexemes[at + 1]?.number === 1 ? at + 2 : at + 1
    const isMonthly = is(lexemes[at + 1], 'ofMonth', 'ofEachMonth')
    const unit = isMonthly ? 'month' : lexemes[unitAt]?.unit
    const next = isMonthly ? at + 2 : unitAt + 1
    if (!isTwice && unit && frequencies[unit] && unit !== 'minute') {
      const [freq, interval] = frequencies[unit]
      return withDays(text, { freq, interval }, next, false)
    }
    // The 1st and the 15th: what payrolls call semi-monthly.
    if (isTwice && unit === 'month') return read({ freq: 'MONTHLY', interval: 1, byMonthDay: [1, 15] }, next)
    if (isTwice && unit === 'year') return read({ freq: 'MONTHLY', interval: 6 }, next)
  }
  return undefined
}

const readCore = (text: Text, at: number): Read<Core> | undefined => {
  const { lexemes } = text
  const units = readUnits(text, at)
  if (units) return units
  const isOther = is(lexemes[at], 'other')
  const start = isOther ? at + 1 : at
  const first = lexemes[start]
  if (is(first, 'halfHour')) return read({ freq: 'MINUTELY', interval: 30 }, start + 1)
  const days = first?.isWord ? undefined : readWeekdays(text, start)
  if (days && !(first?.unit === 'weekend' && days.next === start + 1)) {
    // French: "un lundi sur deux"; a part in the same word counts as a time.
    const next = is(lexemes[days.next], 'ofMonth') ? days.next + 1 : days.next
    if (isOther && first?.unit === 'workday') return undefined
    return read({ freq: 'WEEKLY', interval: isOther ? 2 : 1, byDay: days.value }, next)
  }
  if (first?.unit === 'weekend') return read({ freq: 'WEEKLY', interval: isOther ? 2 : 1, byDay: ['SA'] }, start + 1)
  if (isOther) return undefined
  if (first?.part && !first.weekday) return read({ freq: 'DAILY', interval: 1 }, start)
  if (is(first, 'noon', 'midnight')) return read({ freq: 'DAILY', interval: 1 }, start)
  return readHoliday(text, start) ?? readYearly(text, start) ?? readOrdinals(text, start, first?.unit === 'day')
}

/** "3 months", "other week", "hour", "15th workday" */
const readUnits = (text: Text, at: number): Read<Core> | undefined => {
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
const withDays = (text: Text, core: Core, at: number, isAdverb: boolean): Read<Core> => {
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

/** Adds exceptions and times; refuses the rule if a list goes on with something else. */
const finish = (
  text: Text,
  { value: core, next: at }: Read<Core>,
  start: number,
  fromCompletion: boolean,
): Read<Rule> => {
  const { lexemes } = text
  const refuse = (from: number): Read<Rule> => read({ isRefused: true }, endOfRun(text, from))
  let next = at
  let pattern: Core = core
  if (is(lexemes[next], 'except')) {
    const days = readWeekdays(
      text,
      skipThe(
        text,
        skip(text, next + 1, (each) => is(each, 'on')),
      ),
    )
    const weekend =
      lexemes[skipThe(text, next + 1)]?.unit === 'weekend' ? read(['SA', 'SU'], skipThe(text, next + 1) + 1) : undefined
    const out = days ?? weekend
    const from = core.byDay ?? (core.freq === 'DAILY' && core.interval === 1 ? weekdays : undefined)
    const left = from?.filter((day) => !out?.value.includes(day))
    if (
      !out ||
      !left ||
      core.freq === 'MONTHLY' ||
      core.freq === 'YEARLY' ||
      left.length === 0 ||
      left.length === from!.length
    )
      return refuse(next)
    pattern = { freq: 'WEEKLY', interval: core.interval, byDay: left }
    next = out.next
  }
  const attached = lexemes.slice(start, next).findLast((each) => each.weekday !== undefined)?.attached
  const times = readRuleTimes(text, next, attached)
  if (times) next = times.next
  else if (lexemes[at]?.part && lexemes[at]!.weekday === undefined && start < at) return refuse(at)
  if (is(lexemes[next], 'except')) {
    const days = readWeekdays(
      text,
      skipThe(
        text,
        skip(text, next + 1, (each) => is(each, 'on')),
      ),
    )
    const from = pattern.byDay ?? (pattern.freq === 'DAILY' && pattern.interval === 1 ? weekdays : undefined)
    const left = from?.filter((day) => !days?.value.includes(day))
    if (!days || !left || /MONTHLY|YEARLY/.test(pattern.freq) || left.length === 0 || left.length === from!.length)
      return refuse(next)
    pattern = { freq: 'WEEKLY', interval: pattern.interval, byDay: left }
    next = days.next
  }
  const after = joint(text, next)
  if (
    after > next &&
    is(lexemes[after - 1], 'and') &&
    isDatelike(
      lexemes[
        skipThe(
          text,
          skip(text, after, (each) => is(each, 'on')),
        )
      ],
    ) &&
    !(lexemes[after]?.clock && times)
  )
    return refuse(after)
  if (
    after > next &&
    is(lexemes[after - 1], 'and') &&
    lexemes[after]?.digits !== undefined &&
    lexemes[after + 1]?.month !== undefined
  )
    return refuse(after)
  // "every monday or tuesday", "every friday the 13th", "every monday in january"
  if (is(lexemes[next], 'or') && isDatelike(lexemes[next + 1])) return refuse(next)
  if (
    pattern.byDay &&
    (is(lexemes[next], 'the') || (is(lexemes[next], 'on') && is(lexemes[next + 1], 'the'))) &&
    lexemes[next + (is(lexemes[next], 'on') ? 2 : 1)]?.ordinal !== undefined
  )
    return refuse(next)
  if (is(lexemes[next], 'of', 'in') && lexemes[next + 1]?.month !== undefined && !lexemes[next + 1]?.isShort) {
    if (pattern.freq !== 'WEEKLY' && pattern.freq !== 'DAILY') return refuse(next)
    return pattern.interval === 1
      ? read(
          {
            isRefused: false,
            pattern: { ...pattern, byMonth: [lexemes[next + 1]!.month!], times: times?.value ?? [] },
            fromCompletion,
          },
          next + 2,
        )
      : refuse(next)
  }
  return read({ isRefused: false, pattern: { ...pattern, times: times?.value ?? [] }, fromCompletion }, next)
}

/** The times of a rule. "from 9 to 17" is left to the bounds, except for rules of hours. */
const readRuleTimes = (text: Text, at: number, attached: Parameters<typeof readTimes>[3]) => {
  const { lexemes } = text
  const found = readTimes(text, at, 6, attached, true)
  if (found) return found
  if (is(lexemes[at], 'noon', 'midnight')) return readTimesAt(text, at)
  if (is(lexemes[at], 'starting', 'from') && is(lexemes[at + 1], 'at')) return readTimes(text, at + 1, 1)
  if (is(lexemes[at], 'starting', 'from', 'by')) return readTimesAt(text, at + 1)
  return undefined
}

const readTimesAt = (text: Text, at: number) => {
  const clock = readClock(text, at, true)
  return clock && !is(text.lexemes[clock.next], 'to', 'until') && text.lexemes[clock.next]?.month === undefined
    ? read([clock.value], clock.next)
    : undefined
}

/** The end of the words from here on that the grammar knows: none of them is read again. */
const endOfRun = ({ lexemes }: Text, from: number): number => {
  let next = from + 1
  while (lexemes[next] && !lexemes[next]!.isWord && !lexemes[next]!.isStop && !is(lexemes[next], 'remind')) next++
  return next
}
