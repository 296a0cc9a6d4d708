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

/** Words around a title: "the ... task", "my task called ...". */
export const bare = (text: string): string =>
  text
    .trim()
    .replace(/^(?:the|my|that|this|an?)\s+/i, '')
    .replace(/^(?:task|todo|to-do|item)(?:\s+(?:called|named|titled|about|to))?(?:\s*:\s*|\s+)/i, '')
    .replace(/(?:^|\s+)(?:task|todo|to-do|item)$/i, '')
    .trim()

const set = (words: string) => new Set(words.split(/\s+/))

/** Words beside a title that negate a command or attach a condition. */
const turning =
  set(`not no nor never nothing none neither don't dont doesn't didn't won't can't cannot shouldn't wouldn't isn't
  without if unless when whenever once until till before after while because except but instead rather than kidding joke
  actually wait stop cancel nevermind mind said says told asked wrote`)
/** Words that leave open which task is meant, or whether to act. */
const vague =
  set(`or either and whether then maybe perhaps probably possibly should would could might may can later someday
  all every each everything both any anything some something few several most many other others rest only he she they you i
  we me task tasks todo todos reminder reminders is are was were so as`)

/** A text with such words names a task only by its exact title. */
export const isTurning = (text: string): boolean => wordsOf(text).some((word) => turning.has(word))
export const isVague = (text: string): boolean => wordsOf(text).some((word) => vague.has(word) || turning.has(word))

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
