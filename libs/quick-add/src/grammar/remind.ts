import type { Clock } from './clock.ts'
import { readClock } from './clock.ts'
import { is } from './lexemes.ts'
import { readSpan } from './span.ts'
import { endsAt, type Read, read, skip, skipComma, type Text } from './text.ts'
import { readWhen, type When } from './when.ts'

export type Remind =
  /** "1 day before", "the day before at 18:00" */
  | { is: 'offsets'; offsets: { duration: Temporal.Duration; side: 'before' | 'after'; time?: Clock }[] }
  | { is: 'at'; when: When }
  /** "remind me to ...": at the due date. */
  | { is: 'due'; isOpen?: true }

/** Longer offsets are no reminders of a task. */
const isShort = (duration: Temporal.Duration) => duration.total({ unit: 'days', relativeTo: '2024-01-01' }) <= 366

export const readRemind = (text: Text, at: number): Read<Remind> | undefined => {
  const { lexemes } = text
  if (!is(lexemes[at], 'remind')) return undefined
  let next = at + 1
  while (
    next < at + 3 &&
    lexemes[next] &&
    (is(lexemes[next], 'me') || (lexemes[next]!.isStop && text.source[lexemes[next]!.start] === ':'))
  )
    next++
  const offsets = readOffsets(text, next)
  if (offsets) return read({ is: 'offsets', offsets: offsets.value }, offsets.next)
  const index = skip(text, next, (each) => each.isComma === true)
  const begins =
    is(lexemes[at], 'remind') &&
    at === 0 &&
    next >
      at +
        (/^remind\b|^rappel|^recorda|^recu|^avisa|^avísa|^erinner/i.test(
          text.source.slice(lexemes[at]!.start, lexemes[at]!.end),
        )
          ? 0
          : 1)
  if (begins && is(lexemes[index], 'about') && lexemes[index + 1] !== undefined) return read({ is: 'due' }, index + 1)
  const when = readWhen(text, next)
  if (when && !when.value.isRefused) {
    // "remind me tomorrow to call Bob" says when to call.
    if (begins && is(lexemes[when.next], 'about')) return read({ is: 'due', isOpen: true }, next)
    if (when.value.role === 'until') return undefined
    return read({ is: 'at', when: when.value }, when.next)
  }
  const isRule = is(lexemes[next], 'every') || lexemes[next]?.adverb !== undefined
  const isVerb = text.language.code !== 'en' && lexemes[next] !== undefined && endsAt(text, next, true)
  return begins && (isRule || isVerb) ? read({ is: 'due', isOpen: true }, next) : undefined
}

const readOffsets = (text: Text, at: number) => {
  const { lexemes } = text
  const offsets: { duration: Temporal.Duration; side: 'before' | 'after'; time?: Clock }[] = []
  let pending: Temporal.Duration[] = []
  let next = at
  const day = Temporal.Duration.from({ days: 1 })
  for (let index = at, count = 0; count < 20; count++) {
    const lexeme = lexemes[index]
    let stop: number
    if (is(lexeme, 'dayBefore', 'evening before')) {
      const time =
        readTimeOf(text, index + 1) ??
        (is(lexeme, 'evening before') ? read({ hour: 19, minute: 0, isEither: false }, index + 1) : undefined)
      offsets.push({ duration: day, side: 'before', ...(time ? { time: time.value } : {}) })
      stop = time?.next ?? index + 1
      next = stop
    } else {
      const span = readSpan(
        text,
        skip(text, index, (each) => is(each, 'the')),
        index !== skip(text, index, (each) => is(each, 'the')),
      )
      if (!span || !isShort(span.value)) break
      pending.push(span.value)
      stop = span.next
      const side = is(lexemes[stop], 'before', 'ago') ? 'before' : is(lexemes[stop], 'after') ? 'after' : undefined
      if (side) {
        stop = is(lexemes[stop + 1], 'ago') && is(lexemes[stop], 'before') ? stop + 1 : stop + 1
        const isWhole = pending.length === 1 && pending[0]!.days + pending[0]!.weeks + pending[0]!.months > 0
        const time = isWhole ? readTimeOf(text, stop) : undefined
        for (const duration of pending) offsets.push({ duration, side, ...(time ? { time: time.value } : {}) })
        pending = []
        stop = time?.next ?? stop
        next = stop
      }
    }
    const isJoined = lexemes[stop]?.isComma || is(lexemes[stop], 'and')
    index = isJoined ? stop + (is(lexemes[stop + 1], 'and') ? 2 : 1) : stop
    if (!isJoined) break
  }
  return offsets.length > 0 && pending.length === 0 ? read(offsets, next) : undefined
}

const readTimeOf = (text: Text, at: number): Read<Clock> | undefined => {
  const index = skipComma(text, at)
  return is(text.lexemes[index], 'at') ? readClock(text, index + 1, true) : undefined
}
