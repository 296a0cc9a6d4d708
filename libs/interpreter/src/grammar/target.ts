import type { Words } from '../words/words.ts'
import { wordsIn } from '../words/words-in.ts'
import type { Target, TaskSet } from './intent.ts'
import type { Language, Said } from './said.ts'
import { normal } from './words.ts'

const isOneOf = (pattern: string, word: string): boolean => new RegExp(`^(?:${pattern})$`, 'u').test(word)

/** The position in a list that a word names, from 1; -1 is the last. */
const placeOf = (word: string, { ordinals, cardinals, last }: Words['places']): number | undefined => {
  if (last.test(word)) return -1
  const digits = /^(\d{1,2})(?:st|nd|rd|th|er|re|e|ème|o|a|º|ª|\.)?$/.exec(word)?.[1]
  const indexIn = (all: string[]) => all.findIndex((each) => isOneOf(each, word))
  const place = digits ? Number(digits) : Math.max(indexIn(ordinals), indexIn(cardinals)) + 1
  return place > 0 ? place : undefined
}

/**
 * Positions in a list: "2", "the second one", "1, 3 and 4", "number two", "the first two". Undefined for anything else.
 */
export const readPlaces = (text: string, language: Language): number[] | undefined => {
  const { places } = wordsIn(language)
  const words = normal(text).replace(places.before, '')
  const first = places.firstOf.exec(words)?.[1]
  const count = first === undefined ? undefined : placeOf(first, places)
  if (count !== undefined && count > 0) return Array.from({ length: count }, (_, index) => index + 1)
  const found = words
    .split(places.and)
    .map((item) => placeOf(item.replace(places.article, '').replace(places.after, ''), places))
  return found.includes(undefined) ? undefined : [...new Set(found as number[])]
}

/** A set of tasks: needs a word for all, or a qualifier and the plural. */
const readSet = (text: string, { now, time_zone, language }: Said): TaskSet | undefined => {
  const { set } = wordsIn(language)
  const words = normal(text).replaceAll(set.tagged, '#').replaceAll(/'s\b/g, '').split(' ')
  const isAll = words.some((word) => set.all.test(word))
  const isPlural = words.some((word) => set.plural.test(word))
  const left = words.filter((word) => !set.all.test(word) && !set.filler.test(word))
  if (left.length === 0) return isAll ? { is: 'open' } : undefined
  const [qualifier = ''] = left
  if (left.length > 1 || !(isAll || isPlural)) return undefined
  if (set.overdue.test(qualifier)) return { is: 'overdue' }
  const tag = /^#([\p{L}\p{M}\p{N}_-]{1,50})$/u.exec(qualifier)?.[1]
  if (tag) return { is: 'tag', tag: new RegExp(`#?(${tag})`, 'iu').exec(text)?.[1] ?? tag }
  const today = now.toZonedDateTimeISO(time_zone).toPlainDate()
  if (set.today.test(qualifier)) return { is: 'day', date: today, name: 'today' }
  if (set.tomorrow.test(qualifier)) return { is: 'day', date: today.add({ days: 1 }), name: 'tomorrow' }
  return undefined
}

/** The task, tasks or set of tasks that a text names. */
export const readTarget = (text: string, said: Said): Target => {
  const { quoted, it, them } = wordsIn(said.language)
  const words = normal(text)
  const title = quoted.exec(text.trim())?.[1]
  if (title !== undefined) return { by: 'words', text: title, isQuoted: true }
  if (words === '') return { by: 'nothing' }
  if (it.test(words)) return { by: 'reference', which: 'it' }
  if (them.test(words)) return { by: 'reference', which: 'them' }
  const places = readPlaces(words, said.language)
  if (places) return { by: 'reference', which: places }
  const set = readSet(text, said)
  return set ? { by: 'set', set } : { by: 'words', text: text.trim(), isQuoted: false }
}
