import type { Line } from './line.ts'

export interface Marks {
  priority?: 'low' | 'medium' | 'high'
  category?: string
  tags: string[]
}

const priorities = {
  high: 'high',
  hoch: 'high',
  haute: 'high',
  alta: 'high',
  medium: 'medium',
  med: 'medium',
  mittel: 'medium',
  moyenne: 'medium',
  media: 'medium',
  low: 'low',
  niedrig: 'low',
  basse: 'low',
  baja: 'low',
  1: 'high',
  2: 'medium',
  3: 'low',
  // Fourth is what Todoist calls no priority.
  4: undefined,
} as const

/** The end of a word: the end of the text, a space or punctuation. */
const alone = String.raw`(?=$|[\s;,.:!?)])`
const marks = new RegExp(
  String.raw`(?<=^|[\s;(])(?:!{1,2}(?<priority>${Object.keys(priorities).join('|')})!?|(?<level>p[1-4])|#(?<tag>[\p{L}\p{M}\p{N}\p{Extended_Pictographic}\u200d\ufe0f_-]{1,50})|[@/](?<category>\p{L}[\p{L}\p{M}\p{N}_-]{0,99}))${alone}`,
  'giu',
)
const maxTags = 50

/** Reserves quoted text for the title. After a letter or digit, the sign " means inches. */
export const readQuotes = (line: Line): void => {
  for (const { 0: text, index } of line.left.matchAll(/(?<![^\s(])(?:"[^"]+"|“[^”]+”)(?![\p{L}\p{N}])/gu))
    line.quote(index, index + text.length)
}

/** Reads `!high`, `#tag` and `@category`. The first priority and category count; #42 is a number and stays. */
export const readMarks = (line: Line): Marks => {
  const found: Marks = { tags: [] }
  let hasPriority = false
  for (const match of line.left.matchAll(marks)) {
    const { level, tag, category } = match.groups!
    const priority = match.groups!.priority ?? level?.slice(1)
    const take = (...part: ['priority' | 'tag' | 'category', string, string]) =>
      line.take(match.index, match.index + match[0].length, ...part)
    if (priority && !hasPriority) {
      hasPriority = true
      const value = priorities[priority.toLowerCase() as keyof typeof priorities]
      if (value) found.priority = value
      take('priority', value ?? 'none', value ? `priority ${value}` : 'no priority')
    } else if (tag && /[^\p{N}_-]/u.test(tag) && tag.length <= 50 && found.tags.length < maxTags) {
      if (!found.tags.includes(tag)) found.tags.push(tag)
      take('tag', tag, `tag ${tag}`)
    } else if (category && !found.category && category.length <= 100) {
      found.category = category
      take('category', category, `category ${category}`)
    }
  }
  return found
}
