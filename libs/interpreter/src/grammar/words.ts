import { wordsIn } from '../words/words-in.ts'
import type { Language } from './said.ts'

/** Normalised text: one kind of quotes and spaces, no control characters. */
export const tidy = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/[‘’ʼ]/g, "'")
    .replaceAll(/[“”„«»]/g, '"')
    .replaceAll(/[^\S\n]+/g, ' ')
    .replaceAll(/(?!\n)\p{Cc}/gu, ' ')
    .trim()

/** A title, normalised for comparison. */
export const normal = (text: string): string =>
  tidy(text)
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^["']|["'.!]+$/g, '')
    .trim()

/** The words of a text, without case and signs. */
export const wordsOf = (text: string): string[] =>
  normal(text).match(/[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}]|'(?=\p{L}))*/gu) ?? []

/** Without the words around a title: "the ... task", "my task called ...". */
export const bare = (text: string, language: Language): string =>
  wordsIn(language)
    .around.reduce((left, pattern) => left.replace(pattern, ''), text.trim())
    .trim()

/** A text with such words names a task only by its exact title. */
export const isTurning = (text: string, language: Language): boolean => {
  const { turning } = wordsIn(language)
  return wordsOf(text).some((word) => turning.has(word))
}
export const isVague = (text: string, language: Language): boolean =>
  isTurning(text, language) || wordsOf(text).some((word) => wordsIn(language).vague.has(word))

/** Whether one word is another with a typo: two letters swapped, one left out or typed twice. */
export const isSlipOf = (typed: string, word: string): boolean => {
  if (typed === word || word.length < 4) return false
  for (let at = 0; at < word.length; at++) {
    const [before, letter, after] = [word.slice(0, at), word[at]!, word.slice(at + 1)]
    if (typed === before + after && word.length > 4) return true
    if (typed === before + letter + letter + after) return true
    if (at + 1 < word.length && typed === before + word[at + 1] + letter + word.slice(at + 2)) return true
  }
  return false
}
