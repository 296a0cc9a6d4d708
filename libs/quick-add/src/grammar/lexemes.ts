import type { Tag } from '../languages/language.ts'
import { type Lexicon, type Meanings, plain, type TimeOfDay } from '../languages/lexicon.ts'

/** A word, number or sign of the text, with all that it may mean. */
export interface Lexeme extends Meanings {
  start: number
  end: number
  /** "9:30", "5pm"; `isEither` when morning and evening are both possible. */
  clock?: TimeOfDay & { isEither: boolean }
  /** "17h": a time of day or a length of time. */
  hours?: number
  /** "9.30": a time only where one is expected. */
  dotted?: TimeOfDay
  /** Digits, and how many. */
  digits?: number
  /** "1d", "90min", "1h30m", in minutes, days or months. */
  amount?: Temporal.Duration
  /** "31.12.2026", "12/5": the numbers as they stand. */
  date?: { first: number; second: number; year?: number; sign: string }
  iso?: string
  /** A sign that ends a phrase, or a part that is already taken. */
  isStop?: boolean
  isComma?: boolean
  isBang?: boolean
  /** A word that the grammar does not know. */
  isWord?: boolean
}

type Reader = [RegExp, (match: RegExpExecArray, lexicon: Lexicon) => Partial<Lexeme> | undefined]

const timeOfDay = (hours: string, minutes = '0', half?: string): Lexeme['clock'] => {
  const [hour, minute] = [Number(hours), Number(minutes)]
  if (minute > 59 || hour > (half ? 12 : 23) || (half && hour === 0)) return undefined
  if (half) return { hour: (hour % 12) + (/p/i.test(half) ? 12 : 0), minute, isEither: false }
  return { hour, minute, isEither: hour > 0 && hour <= 12 }
}
const clocked = (clock: Lexeme['clock']) => clock && { clock }
const units: Record<string, Temporal.DurationLike> = {
  m: { minutes: 1 },
  h: { hours: 1 },
  d: { days: 1 },
  w: { weeks: 1 },
  t: { days: 1 },
  j: { days: 1 },
}

/** Numbers in their many forms; a chunk of text is read only if all of it is. */
const readers: Reader[] = [
  [/(\d{4}-\d\d-\d\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\d:])/y, ([iso]) => ({ iso })],
  [
    /(\d{4})\/(\d{1,2})\/(\d{1,2})(?![\d/])/y,
    ([, y, m, d]) => ({ iso: `${y}-${m!.padStart(2, '0')}-${d!.padStart(2, '0')}` }),
  ],
  [
    /(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d\d)(?![\d./])/y,
    ([, first, sign, second, year]) => ({
      date: {
        first: Number(first),
        second: Number(second),
        year: Number(year) + (year!.length === 2 ? 2000 : 0),
        sign: sign!,
      },
    }),
  ],
  [/(\d{1,2})[:.](\d\d)(am|pm|a\.m\.?|p\.m\.?)/iy, ([, h, m, half]) => clocked(timeOfDay(h!, m, half))],
  [/(\d{1,2})(am|pm|a\.m\.?|p\.m\.?|a|p)(?![\p{L}\d])/iuy, ([, h, half]) => clocked(timeOfDay(h!, '0', half))],
  [/(\d{1,2}):(\d\d)(?::00)?(?![\d:])/y, ([, h, m]) => clocked(timeOfDay(h!, m))],
  [
    /(\d{1,2})h(\d\d)(?![\p{L}\d])/iuy,
    ([, h, m]) => ({ ...clocked(timeOfDay(h!, m)), amount: span({ hours: Number(h), minutes: Number(m) }) }),
  ],
  [/(\d{1,2})h(?![\p{L}\d])/iuy, ([, h]) => ({ hours: Number(h), amount: span({ hours: Number(h) }) })],
  [
    /(\d{1,3})h(\d{1,2})m(?:in)?(?![\p{L}\d])/iuy,
    ([, h, m]) => ({ amount: span({ hours: Number(h), minutes: Number(m) }) }),
  ],
  [
    /(\d{1,4})(m|mins?|h|hrs?|d|days?|w|wks?|weeks?|t|j|hours?|minutes?|std)(?![\p{L}\d])/iuy,
    ([, n, unit]) => {
      const [name, size] = Object.entries(units[plain(unit!)[0] === 's' ? 'h' : plain(unit!)[0]!]!)[0]!
      return { amount: span({ [name]: Number(n) * Number(size) }) }
    },
  ],
  [
    /(\d{1,2})([./])(\d{1,2})(\.)?(?![\d])/y,
    ([, first, sign, second, dot]) => {
      const date = { first: Number(first), second: Number(second), sign: sign === '.' && dot ? 'd.m.' : sign! }
      const dotted = sign === '.' && !dot && second!.length === 2 ? timeOfDay(first!, second) : undefined
      return { date, ...(dotted ? { dotted } : {}) }
    },
  ],
  [
    /(\d{1,2})(st|nd|rd|th|er|re|ere|ère|eme|ème|e|\.?[ºª]|°)(?![\p{L}\d])/iuy,
    ([, n, suffix], { language: { code } }) => {
      const isEnglish = /^(?:st|nd|rd|th)$/i.test(suffix!)
      return isEnglish === (code === 'en') ? { ordinal: Number(n), number: Number(n) } : undefined
    },
  ],
  [
    /(\d{1,2})\.(?=$|[\s,;])/y,
    ([, n], { language: { code } }) =>
      code === 'de' ? { ordinal: Number(n), number: Number(n), digits: n!.length } : undefined,
  ],
  [/\d{1,4}(?![\p{L}\d])/uy, ([digits]) => ({ number: Number(digits), digits: digits.length })],
]
const span = (like: Temporal.DurationLike) => Temporal.Duration.from(like)

const sign = /[,;:!?()&+/@.–—-]/y
const word = /\p{L}[\p{L}\p{M}]*(?:['’]\p{L}[\p{L}\p{M}]*)*\.?/uy

/** The text as lexemes. Words that are glued to others ("Friday's", "a@b.co") stay whole and mean nothing. */
export const lex = (text: string, lexicon: Lexicon): Lexeme[] => {
  const lexemes: Lexeme[] = []
  for (const { 0: chunk, index } of text.matchAll(/\S+/g)) {
    const parts = chunk.length > 60 && !/[,;]/.test(chunk) ? undefined : split(chunk, index, lexicon)
    if (parts) lexemes.push(...parts)
    else lexemes.push({ start: index, end: index + chunk.length, tags: new Set(), isWord: true })
  }
  return withPhrases(text, lexemes, lexicon)
}

type Draft = Lexeme & { word?: string }

/** The parts of a chunk without spaces; undefined when it is not made of parts that the grammar knows. */
const split = (chunk: string, offset: number, lexicon: Lexicon): Draft[] | undefined => {
  const whole = plain(chunk.replace(/[.,;:!?)]+$/, ''))
  const parts: Draft[] = []
  let wasValue = false
  for (let at = 0; at < chunk.length; ) {
    const value: { lexeme: Partial<Draft>; stop: number } | undefined = wasValue
      ? undefined
      : valueAt(chunk, at, lexicon, at === 0 && lexicon.phrases.has(whole) ? whole : undefined)
    if (value) {
      parts.push({ tags: new Set(), ...value.lexeme, start: offset + at, end: offset + value.stop })
      at = value.stop
      wasValue = !/^[dl]'$/.test(value.lexeme.word ?? '')
      continue
    }
    sign.lastIndex = at
    const found = sign.exec(chunk)?.[0]
    // A sign between two parts joins them only if it can: "mon,wed", "9-5", but not "12.12.12.12".
    const isLast = /^[.,;:!?)]*$/.test(chunk.slice(at))
    if (!found || (/[.!?:@]/.test(found) && !isLast && at > 0) || (found === '@' && /\p{L}/u.test(chunk[at + 1] ?? '')))
      return undefined
    parts.push({ start: offset + at, end: offset + at + 1, tags: new Set(), ...signs(found), word: found })
    at++
    wasValue = false
  }
  const unknown = parts.some((part) => part.word && /^\p{L}/u.test(part.word) && !lexicon.phrases.has(part.word))
  return unknown && parts.some(({ word }, index) => index > 0 && /^[-–—/&+@]$/.test(word ?? '')) ? undefined : parts
}

const signs = (sign: string): Partial<Lexeme> =>
  sign === ','
    ? { isComma: true }
    : sign === '!'
      ? { isBang: true, isStop: true }
      : /[;:?().]/.test(sign)
        ? { isStop: true }
        : {}

const valueAt = (chunk: string, at: number, lexicon: Lexicon, whole: string | undefined) => {
  if (whole !== undefined && /\p{L}/u.test(whole))
    return { lexeme: { word: whole } as Partial<Draft>, stop: whole.length }
  for (const [pattern, read] of readers) {
    pattern.lastIndex = at
    const match = pattern.exec(chunk)
    const lexeme = match && read(match, lexicon)
    if (lexeme) return { lexeme: lexeme as Partial<Draft>, stop: pattern.lastIndex }
  }
  word.lastIndex = at
  const match = word.exec(chunk)
  if (!match) return undefined
  // French: "d'avril", "l'après-midi"
  const elided = lexicon.language.code === 'fr' && /^[dl]['’](?=\p{L})/iu.exec(match[0])
  if (elided && !lexicon.phrases.has(plain(match[0])))
    return { lexeme: { word: plain(elided[0]) } as Partial<Draft>, stop: at + elided[0].length }
  const text = plain(match[0])
  const isAbbreviation = text.endsWith('.') && !lexicon.phrases.has(text)
  const bare = isAbbreviation ? text.slice(0, -1) : text
  const entry = lexicon.phrases.get(bare)?.find(({ words }) => words.length === 1)
  const eatsDot = isAbbreviation && entry?.meanings.isShort && at + match[0].length < chunk.length + 1
  return { lexeme: { word: bare } as Partial<Draft>, stop: at + match[0].length - (isAbbreviation && !eatsDot ? 1 : 0) }
}

/** Joins words to the phrases of the lexicon, the longest first. */
const withPhrases = (text: string, drafts: Draft[], { phrases }: Lexicon): Lexeme[] => {
  const lexemes: Lexeme[] = []
  for (let at = 0; at < drafts.length; ) {
    const { word, ...lexeme } = drafts[at]!
    const found =
      word === undefined
        ? undefined
        : phrases
            .get(word)
            ?.find(({ words }) =>
              words.every(
                (each, index) =>
                  (drafts[at + index] as Draft | undefined)?.word === each ||
                  (/^\d+$/.test(each) && text.slice(drafts[at + index]?.start, drafts[at + index]?.end) === each),
              ),
            )
    const length = found?.words.length ?? 1
    if (found)
      lexemes.push({
        ...lexeme,
        ...found.meanings,
        tags: new Set(found.meanings.tags),
        end: drafts[at + length - 1]!.end,
      })
    else lexemes.push(word !== undefined && /^\p{L}/u.test(word) ? { ...lexeme, isWord: true } : lexeme)
    at += length
  }
  return lexemes
}

export const is = (lexeme: Lexeme | undefined, ...tags: Tag[]): boolean =>
  lexeme !== undefined && tags.some((tag) => lexeme.tags.has(tag))
