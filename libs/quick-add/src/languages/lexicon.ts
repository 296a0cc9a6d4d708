import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import type { Frequency, Language, Part, Tag, Unit } from './language.ts'

export interface TimeOfDay {
  hour: number
  minute: number
}

/** What a word or sign may mean; many mean several things. */
export interface Meanings {
  tags: Set<Tag>
  weekday?: number
  isShort?: boolean
  isPlural?: boolean
  /** The part of the day in the same word: "Montagabend". */
  attached?: Part
  month?: number
  number?: number
  /** -1 is the last. */
  ordinal?: number
  unit?: Unit
  part?: Part
  ofDay?: Part
  /** Days from today. */
  day?: number
  isTonight?: boolean
  adverb?: { freq: Frequency; interval: number }
  holiday?: string
}

export interface Lexicon {
  language: Language
  /** By the first word; longer phrases first. */
  phrases: Map<string, { words: string[]; meanings: Meanings }[]>
  evidence: Set<string>
}

/** A word as the tables have it: without case and accents. */
export const plain = (word: string): string =>
  word.toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/[’‘]/g, "'")

const lexiconOf = (language: Language): Lexicon => {
  const phrases: Lexicon['phrases'] = new Map()
  const add = (alternatives: string, meanings: Partial<Meanings>, tag?: Tag) => {
    for (const text of alternatives.split('|')) {
      const words = plain(text).split(' ').filter(Boolean)
      const [first] = words
      if (first === undefined) continue
      const known = phrases.get(first) ?? []
      let entry = known.find((each) => each.words.join(' ') === words.join(' '))
      if (!entry) {
        entry = { words, meanings: { tags: new Set() } }
        known.push(entry)
        known.sort((a, b) => b.words.length - a.words.length)
        phrases.set(first, known)
      }
      Object.assign(entry.meanings, { ...meanings, tags: entry.meanings.tags })
      if (tag) entry.meanings.tags.add(tag)
    }
  }
  const { weekdays, shortWeekdays, pluralWeekdays, months, shortMonths, numbers, ordinals } = language
  for (const [index, text] of shortMonths.entries()) add(text, { month: index + 1, isShort: true })
  for (const [index, text] of months.entries()) add(text, { month: index + 1, isShort: false })
  for (const [index, text] of shortWeekdays.entries()) add(text, { weekday: index + 1, isShort: true })
  for (const [index, text] of weekdays.entries()) {
    add(text, { weekday: index + 1, isShort: false })
    if (language.code !== 'de') continue
    for (const [part, words] of Object.entries(language.parts))
      for (const day of text.split('|'))
        for (const word of words.split('|')) {
          add(day + word, { weekday: index + 1, attached: part as Part })
          add(`${day + word}s`, { weekday: index + 1, attached: part as Part, isPlural: true })
        }
  }
  for (const [index, text] of pluralWeekdays.entries())
    add(text, { weekday: index + 1, isPlural: true, isShort: false })
  for (const [index, text] of numbers.entries()) add(text, { number: index })
  for (const [index, text] of ordinals.entries()) add(text, { ordinal: index + 1 })
  for (const [index, text] of language.countedBack.entries()) add(text, { ordinal: -2 - index })
  add(language.words.last ?? '', { ordinal: -1 }, 'last')
  for (const [unit, text] of Object.entries(language.units)) add(text, { unit: unit as Unit })
  for (const [part, text] of Object.entries(language.parts)) add(text, { part: part as Part })
  for (const [part, text] of Object.entries(language.ofDay)) add(text, { ofDay: part as Part })
  for (const [day, text] of Object.entries(language.days)) add(text, { day: Number(day) })
  add(language.tonight, { day: 0, isTonight: true })
  for (const [text, freq, interval] of language.adverbs) add(text, { adverb: { freq, interval } })
  for (const [name, text] of Object.entries(language.holidays)) add(text, { holiday: name })
  for (const [tag, text] of Object.entries(language.words)) add(text, {}, tag as Tag)
  return { language, phrases, evidence: new Set(language.evidence.split('|').map(plain)) }
}

export const lexicons = { en: lexiconOf(en), de: lexiconOf(de), fr: lexiconOf(fr), es: lexiconOf(es) }
