/** A piece of a text; what was found, or what is around it. Plain text: whoever shows it as HTML escapes it. */
export interface Fragment {
  text: string
  match: boolean
}

/** What ts_headline puts around a match. Neither is in the text that it marks: only words and spaces are. */
export const [startMark, stopMark] = ['\u0001', '\u0002']

/** The pieces of a text, given a marked copy of it whose characters stand for those of the original, one for one. */
export const highlight = (original: string, marked: string): Fragment[] => {
  const fragments: Fragment[] = []
  const characters = [...original]
  let match = false
  let at = 0
  for (const each of marked) {
    if (each === startMark || each === stopMark) match = each === startMark
    else {
      const last = fragments.at(-1)
      if (last?.match === match) last.text += characters[at]
      else fragments.push({ text: characters[at]!, match })
      at++
    }
  }
  return fragments
}

const around = 60
const mostMatches = 5

/** The first matches of a long text with what is next to them; nothing when there is none. */
export const excerpt = (fragments: Fragment[]): Fragment[] => {
  const matches = fragments.flatMap(({ match }, index) => (match ? [index] : []))
  const [first, last] = [matches[0], matches.slice(0, mostMatches).at(-1)]
  if (first === undefined || last === undefined) return []
  const from = Math.max(0, first - 1)
  return fragments.slice(from, last + 2).map(({ text, match }, index) => {
    const isBefore = from + index < first
    const isAfter = from + index > last
    return { text: match ? text : shortened(text, isBefore ? 0 : around, isAfter ? 0 : around), match }
  })
}

/** A text without its middle, of which so many characters at its beginning and end are kept. */
const shortened = (text: string, head: number, tail: number): string => {
  const characters = [...text]
  if (characters.length <= head + tail) return text
  return `${characters.slice(0, head).join('')}…${tail === 0 ? '' : characters.slice(-tail).join('')}`
}
