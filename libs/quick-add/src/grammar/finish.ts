import { isListed, readClock, readTimes } from './clock.ts'
import { is } from './lexemes.ts'
import { type Core, joint, type Pattern, readWeekdays, weekdays } from './pattern.ts'
import { isDatelike, type Read, read, skip, skipThe, type Text } from './text.ts'

/** How often; `isRefused` when it begins as a rule and goes on with something that the rule cannot hold. */
export type Rule = { isRefused: true } | { isRefused: false; pattern: Pattern; fromCompletion: boolean }

/** Adds exceptions and times; refuses the rule if a list goes on with something else. */
export const finish = (
  text: Text,
  { value: core, next: at }: Read<Core>,
  start: number,
  fromCompletion: boolean,
): Read<Rule> => {
  const { lexemes } = text
  const refuse = (from: number): Read<Rule> => read({ isRefused: true }, endOfRun(text, from))
  let next = at
  const early = readExceptions(text, next, core)
  if (early === 'refused') return refuse(next)
  let pattern = early?.value ?? core
  next = early?.next ?? next
  const attached = lexemes.slice(start, next).findLast((each) => each.weekday !== undefined)?.attached
  const times = readRuleTimes(text, next, attached)
  if (times) next = times.next
  if (times?.value.length === 1 && is(lexemes[next], 'to')) {
    // "every tuesday 10:00-11:00": the start counts.
    const end = readClock(text, next + 1, true)
    if (end) next = end.next
  }
  if (!times && lexemes[at]?.part && lexemes[at]!.weekday === undefined && start < at) return refuse(at)
  const late = readExceptions(text, next, pattern)
  if (late === 'refused' || (times && isListed(text, next))) return refuse(next)
  const isOfHours = pattern.freq === 'HOURLY' || pattern.freq === 'MINUTELY'
  if (isOfHours && times && times.value.length > 1) return refuse(at)
  pattern = late?.value ?? pattern
  next = late?.next ?? next
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

/** "except sunday", "but not on the weekend": the days that are left, if there are any and a rule can hold them. */
const readExceptions = (text: Text, at: number, pattern: Core): Read<Core> | 'refused' | undefined => {
  const { lexemes } = text
  if (!is(lexemes[at], 'except')) return undefined
  const days = skipThe(text, at + 1)
  const out =
    lexemes[days]?.unit === 'weekend'
      ? read(['SA', 'SU'], days + 1)
      : readWeekdays(
          text,
          skipThe(
            text,
            skip(text, at + 1, (each) => is(each, 'on')),
          ),
        )
  const from = pattern.byDay ?? (pattern.freq === 'DAILY' && pattern.interval === 1 ? weekdays : undefined)
  const left = from?.filter((day) => !out?.value.includes(day))
  const isHeld = pattern.freq === 'DAILY' || pattern.freq === 'WEEKLY'
  if (!out || !left || !isHeld || left.length === 0 || left.length === from!.length) return 'refused'
  return read({ freq: 'WEEKLY', interval: pattern.interval, byDay: left }, out.next)
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
export const endOfRun = ({ lexemes }: Text, from: number): number => {
  let next = from + 1
  while (lexemes[next] && !lexemes[next]!.isWord && !lexemes[next]!.isStop && !is(lexemes[next], 'remind')) next++
  return next
}
