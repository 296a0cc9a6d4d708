import { readTimes } from './clock.ts'
import { endOfRun, finish, type Rule } from './finish.ts'
import { is } from './lexemes.ts'
import { type Core, readHoliday, readOrdinals, readWeekdays, readYearly } from './pattern.ts'
import { endsAt, isDatelike, type Read, read, skipThe, type Text } from './text.ts'
import { frequencies, readUnits, withDays } from './units.ts'

export type { Rule } from './finish.ts'

/** Finds out how often at one place: "every other week on Monday at 9". */
export const readRule = (text: Text, at: number): Read<Rule> | undefined => {
  const { lexemes } = text
  const first = lexemes[at]
  const isEvery = is(first, 'every') && first?.adverb === undefined
  if (first?.adverb) {
    const core = withDays(text, { ...first.adverb }, at + 1, true)
    const isCounted = is(lexemes[core.next + 1], 'times')
    return endsAt(text, core.next) || isCounted || text.language.code === 'de'
      ? finish(text, core, at, false)
      : undefined
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
        (each) =>
          each.isPlural ||
          is(each, 'workdayAdverb') ||
          (each.unit !== undefined && /s$/i.test(text.source.slice(each.start, each.end))),
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
  // French: "un mardi sur deux"
  const other = lexemes[at]?.number === 1 && is(lexemes[at + 2], 'otherAfter') ? readWeekdays(text, at + 1) : undefined
  if (other) return read({ freq: 'WEEKLY', interval: 2, byDay: other.value }, at + 3)
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
