/** A piece of a text: a match, or what is between matches. Plain text: to show it as HTML, escape it. */
export interface Fragment {
  text: string
  match: boolean
}

/** What ts_headline puts around a match. The text it marks has neither: it is reduced to words and spaces. */
export const [startMark, stopMark] = ['\u0001', '\u0002']

/**
 * The pieces of a text, given a marked copy whose characters correspond one to one to those of the original. `found`
 * marks characters besides.
 */
export const highlight = (original: string, marked: string, found?: boolean[]): Fragment[] => {
  const fragments: Fragment[] = []
  const characters = [...original]
  let isMarked = false
  let at = 0
  for (const each of marked) {
    const match = isMarked || found?.[at] === true
    if (each === startMark || each === stopMark) isMarked = each === startMark
    else {
      const last = fragments.at(-1)
      if (last?.match === match) last.text += characters[at]
      else fragments.push({ text: characters[at]!, match })
      at++
    }
  }
  return fragments
}

/** Characters kept on each side of a match. */
const contextLength = 60
const maxMatches = 5

/** The first matches of a long text with their context; empty without a match. */
export const excerpt = (fragments: Fragment[]): Fragment[] => {
  const matches = fragments.flatMap(({ match }, index) => (match ? [index] : []))
  const [first, last] = [matches[0], matches.slice(0, maxMatches).at(-1)]
  if (first === undefined || last === undefined) return []
  const from = Math.max(0, first - 1)
  return fragments.slice(from, last + 2).map(({ text, match }, index) => {
    const isBefore = from + index < first
    const isAfter = from + index > last
    return { text: match ? text : shortened(text, isBefore ? 0 : contextLength, isAfter ? 0 : contextLength), match }
  })
}

/** A text without its middle: the given numbers of characters at its start and end are kept. */
const shortened = (text: string, start: number, end: number): string => {
  const characters = [...text]
  if (characters.length <= start + end) return text
  return `${characters.slice(0, start).join('')}…${end === 0 ? '' : characters.slice(-end).join('')}`
}
