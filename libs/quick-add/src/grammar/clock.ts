import type { Part } from '../languages/language.ts'
import type { TimeOfDay } from '../languages/lexicon.ts'
import { is } from './lexemes.ts'
import { endsAt, hours, type Read, read, skipComma, type Text, wordAt } from './text.ts'

export interface Clock extends TimeOfDay {
  /** "at 8": morning and evening are both possible. */
  isEither: boolean
  /** After midnight of the day named: "friday night at 2". */
  isNextDay?: boolean
  /** Only a part of the day was named. */
  isPart?: boolean
}

/** A time of day. A bare number counts only after a word such as "at" (`isLed`). */
export const readClock = (
  text: Text,
  at: number,
  isLed: boolean,
  part?: Part,
  isFree = false,
): Read<Clock> | undefined => {
  const found = readBase(text, at, isLed || part !== undefined, isFree)
  if (!found) return undefined
  const { lexemes } = text
  let { value, next } = found
  if (lexemes[next]?.unit !== undefined && !is(lexemes[next], 'clock')) return undefined
  const later = lexemes[next]?.ofDay ?? (lexemes[next]?.isTonight ? 'night' : undefined)
  const of = later ?? part
  if (of) {
    const placed = inPart(of, value)
    if (!placed) return undefined
    value = placed
    if (lexemes[next]?.ofDay) next++
  }
  return read(value, next)
}

const readBase = (text: Text, at: number, isLed: boolean, isFree: boolean): Read<Clock> | undefined => {
  const { lexemes, language } = text
  const [first, second] = [lexemes[at], lexemes[at + 1]]
  if (!first) return undefined
  const minutes = is(first, 'halfPast')
    ? 30
    : is(first, 'quarterPast')
      ? 15
      : is(first, 'quarterTo')
        ? -15
        : is(first, 'halfTo')
          ? -30
          : 0
  if (minutes !== 0) {
    // "half past 3pm"
    if (second?.clock && second.clock.minute === 0 && !second.clock.isEither)
      return read({ ...shifted(second.clock.hour, minutes), isEither: false }, at + 2)
    if (second?.number === undefined || second.number < 1 || second.number > 12) return undefined
    const next = skipClock(text, at + 2)
    return text.lexemes[next]?.unit === undefined ? withHalf(text, shifted(second.number, minutes), next) : undefined
  }
  // "ten past nine"
  if (
    isLed &&
    first.number !== undefined &&
    first.number >= 1 &&
    first.number < 30 &&
    is(second, 'minutesPast', 'minutesTo')
  ) {
    const hour = lexemes[at + 2]
    if (
      hour?.number !== undefined &&
      hour.number >= 1 &&
      hour.number <= 12 &&
      !is(lexemes[at + 3], 'pm') &&
      hour.digits !== 4 &&
      !(is(second, 'minutesTo') && is(second, 'to'))
    )
      return withHalf(text, shifted(hour.number, is(second, 'minutesPast') ? first.number : -first.number), at + 3)
  }
  if (first.clock && is(second, 'am', 'pm') && first.clock.isEither) return withHalf(text, first.clock, at + 1)
  if (first.clock) return read({ ...first.clock }, skipClock(text, at + 1))
  if (is(first, 'noon') || is(first, 'midnight')) {
    return isLed ? read({ hour: is(first, 'noon') ? 12 : 0, minute: 0, isEither: false }, at + 1) : undefined
  }
  const marked = first.hours !== undefined
  const hour = first.hours ?? (first.digits === 4 ? undefined : first.number)
  if (first.digits === 4) {
    const [h, m] = [Math.trunc(first.number! / 100), first.number! % 100]
    const isClear = isFree || text.source[first.start] === '0' || endsAt(text, at + 1, true)
    return isLed && h < 24 && m < 60 && isClear ? read({ hour: h, minute: m, isEither: false }, at + 1) : undefined
  }
  if (first.dotted && (isLed ? language.code !== 'en' : false))
    return read({ ...first.dotted, isEither: first.dotted.hour <= 12 }, skipClock(text, at + 1))
  if (first.dotted && is(second, 'clock')) return read({ ...first.dotted, isEither: first.dotted.hour <= 12 }, at + 2)
  if (hour === undefined || hour > 24 || (first.ordinal !== undefined && first.digits === undefined)) return undefined
  const isExact = is(second, 'clock') && !is(second, 'at')
  let next = isExact ? at + 2 : at + 1
  const third = lexemes[next]
  const extra = is(third, 'andHalf') ? 30 : is(third, 'andQuarter') ? 15 : is(third, 'lessQuarter') ? -15 : 0
  if (extra !== 0 && (isLed || isExact) && lexemes[next + 1]?.unit === undefined)
    return withHalf(text, shifted(hour, extra), next + 1)
  if (is(third, 'am', 'pm') && hour >= 1 && hour <= 12) return withHalf(text, shifted(hour, 0), next)
  if (isExact && third?.digits === 2 && third.number! < 60 && language.code !== 'en')
    return read({ hour, minute: third.number!, isEither: hour <= 12 }, next + 1)
  if (hour === 24) return undefined
  const clock = { hour, minute: 0, isEither: hour > 0 && hour <= 12 }
  if (isExact && (language.code !== 'en' || isLed || /o.?clock/.test(text.source.slice(second!.start, second!.end)))) {
    // "work 3 hours" is a length of time.
    return language.code === 'de' || isLed || /o.?clock/.test(text.source.slice(second!.start, second!.end))
      ? read(clock, next)
      : undefined
  }
  next = at + 1
  if ((lexemes[next]?.ofDay || lexemes[next]?.isTonight) && !marked) return read(clock, next)
  return isLed && ((isFree && !isPlace(text, next)) || endsAt(text, next, true)) ? read(clock, next) : undefined
}

/** "tomorrow at 10 Downing Street": an address. */
const isPlace = (text: Text, at: number): boolean =>
  [at, at + 1, at + 2].some((index) =>
    /^(?:street|st|road|rd|avenue|ave|lane|square|drive|people)$/.test(wordAt(text, index)),
  )

const skipClock = ({ lexemes }: Text, at: number): number =>
  is(lexemes[at], 'clock') && !lexemes[at]!.amount ? at + 1 : at

const shifted = (hour: number, minutes: number): Clock => {
  const total = (hour * 60 + minutes + 1440) % 1440
  return { hour: Math.trunc(total / 60), minute: total % 60, isEither: hour >= 1 && hour <= 12 }
}

const withHalf = ({ lexemes }: Text, clock: Clock, next: number): Read<Clock> => {
  if (!is(lexemes[next], 'am', 'pm')) return read(clock, next)
  return read(
    { hour: (clock.hour % 12) + (is(lexemes[next], 'pm') ? 12 : 0), minute: clock.minute, isEither: false },
    next + 1,
  )
}

/** The hour that is meant in a part of the day; undefined when they contradict. */
const inPart = (part: Part, clock: Clock): Clock | undefined => {
  const { hour, minute, isEither } = clock
  const fits = (...ranges: [number, number][]) => ranges.some(([from, to]) => hour >= from && hour < to)
  if (part === 'night' && isEither && hour < 6) return { ...clock, isEither: false, isNextDay: true }
  if ((part === 'night' || part === 'evening') && isEither && hour === 12)
    return { hour: 0, minute, isEither: false, isNextDay: true }
  if (isEither && part !== 'morning') {
    const later = part === 'noon' && hour > 10 ? hour : (hour % 12) + 12
    const isLater = part !== 'evening' || hour >= 4
    return isLater ? { hour: later, minute, isEither: false } : undefined
  }
  const isFit = {
    morning: fits([0, 13]),
    noon: fits([11, 15]),
    afternoon: fits([12, 20]),
    evening: fits([16, 24]),
    night: fits([18, 24], [0, 6]),
  }[part]
  return isFit ? { ...clock, isEither: false, ...(part === 'night' && hour < 6 ? { isNextDay: true } : {}) } : undefined
}

/** The times that follow a day or rule: "at 8", "in the evening", "morning at 9:30". */
export const readTimes = (
  text: Text,
  at: number,
  max: number,
  attached?: Part,
  isFree = false,
): Read<Clock[]> | undefined => {
  const { lexemes } = text
  let next = skipComma(text, at)
  const part = attached ?? lexemes[next]?.ofDay ?? lexemes[next]?.part
  if (!attached && part) next++
  const listed = readList(text, next, max, part, isFree || part !== undefined)
  if (listed) return listed
  if (!part) return undefined
  // "every morning at 8pm" contradicts itself.
  const after = skipComma(text, next)
  if (is(lexemes[after], 'at') && readClock(text, after + 1, true)) return undefined
  return read([{ ...hours[part], isEither: false, isPart: true }], next)
}

const readList = (
  text: Text,
  at: number,
  max: number,
  part: Part | undefined,
  isFree: boolean,
): Read<Clock[]> | undefined => {
  const { lexemes } = text
  const start = skipComma(text, at)
  const isLed = is(lexemes[start], 'at')
  let found = readClock(text, isLed ? start + 1 : start, isLed || isAfterDay(text, start), part, isLed && isFree)
  if (!found) return undefined
  const clocks = [found.value]
  while (clocks.length < max) {
    const joint = text.lexemes[found.next]
    if (!(joint?.isComma || is(joint, 'and'))) break
    const after = found.next + (joint?.isComma && is(lexemes[found.next + 1], 'and') ? 2 : 1)
    const isAgain = is(lexemes[after], 'at')
    const more: Read<Clock> | undefined = readClock(
      text,
      isAgain ? after + 1 : after,
      isLed || isAgain,
      part,
      isFree && isAgain,
    )
    if (!more || more.value.minute !== clocks[0]!.minute) break
    // "at 8 and 9pm" may mean 8 in the morning or in the evening.
    const isHalf = /[ap]/i.test(
      text.source.slice(lexemes[after]!.start, lexemes[more.next - 1]!.end).replace(/^\D+/, ''),
    )
    if (clocks.at(-1)!.isEither && !more.value.isEither && isHalf && !part) break
    clocks.push(more.value)
    found = more
  }
  return read(clocks, found.next)
}

/** "tomorrow 1730": four digits right after a day are a time. */
const isAfterDay = ({ lexemes }: Text, at: number): boolean =>
  is(lexemes[at], 'noon', 'midnight') || (lexemes[at]?.digits === 4 && lexemes[at]!.number! % 5 === 0)

/** Whether another time follows: "at 7:15 and 19:15" is neither the one nor the other. */
export const isListed = (text: Text, at: number): boolean => {
  const { lexemes } = text
  if (!lexemes[at]?.isComma && !is(lexemes[at], 'and', 'or')) return false
  const isJoined = is(lexemes[at], 'and', 'or')
  const begin = at + (!isJoined && is(lexemes[at + 1], 'and', 'or') ? 2 : 1)
  const isAt = is(lexemes[begin], 'at')
  const more = readClock(text, isAt ? begin + 1 : begin, true)
  // "at 9, 2 ..." may begin something else.
  if (!more) return false
  return isJoined || isAt || begin > at + 1 || lexemes[begin]?.clock !== undefined || isListed(text, more.next)
}
