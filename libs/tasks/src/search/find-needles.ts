import { fold, joints } from './scripts.ts'

/** What is searched for, folded: a whole word, the beginning of one, or a part of a text. */
export interface Needle {
  text: string
  is: 'word' | 'beginning' | 'part'
}

const joint = new RegExp(`[${joints}]`, 'u')
/** All words of such a text are words for Postgres too. */
const plain = new RegExp(`^(?:(?!${joint.source})[ -~])*$`, 'u')

/**
 * For each character of a text, whether it belongs to a word that is searched for, where Postgres may not see it;
 * undefined when none does.
 */
export const findNeedles = (text: string, needles: Needle[]): boolean[] | undefined => {
  if (needles.length === 0 || plain.test(text)) return undefined
  const whole = fold(text).replaceAll(new RegExp(joint, 'gu'), '')
  const wanted = needles.filter((each) => whole.includes(each.text))
  if (wanted.length === 0) return undefined
  const characters = [...text]
  const found = characters.map(() => false)
  const known = new Map<string, string>()
  let folded = ''
  /** The character of the text that each unit of the folded text comes from. */
  const places: number[] = []
  for (const [place, each] of characters.entries()) {
    const more = isInner(characters, place) ? '' : (known.get(each) ?? fold(each))
    if (more !== '') known.set(each, more)
    folded += more
    for (let unit = 0; unit < more.length; unit++) places.push(place)
  }
  const mark = (from: number, to: number) => found.fill(true, places[from]!, (places[to - 1] ?? -1) + 1)
  const parts = wanted.filter(({ is }) => is === 'part')
  for (const { text: part } of parts)
    for (let at = folded.indexOf(part); at >= 0; at = folded.indexOf(part, at + part.length)) mark(at, at + part.length)
  if (parts.length === wanted.length) return found
  for (const { index, 0: word } of folded.matchAll(/[\p{Alphabetic}\p{Nd}]+/gu)) {
    const isWanted = wanted.some(({ is, text }) =>
      is === 'word' ? word === text : is === 'beginning' && word.startsWith(text),
    )
    if (isWanted) mark(index, index + word.length)
  }
  return found
}

const isInner = (characters: string[], place: number): boolean =>
  joint.test(characters[place]!) && isLetter(characters[place - 1]) && isLetter(characters[place + 1])

const isLetter = (character: string | undefined): boolean =>
  character !== undefined && /[\p{Alphabetic}\p{Nd}]/u.test(character)
