import { oneLine } from '../../tools/one-line.ts'
import type { Touched } from '../../tools/tool.ts'

const maxNamed = 10

/**
 * A call in words, for the person who confirms it: made from what is stored and would be, not from what a model says.
 */
export const summarizeCall = (
  title: string,
  titles: ReadonlyMap<string, string>,
  { creates, details = {} }: Pick<Touched, 'creates' | 'details'>,
): string => {
  const existing = [...titles].map(
    ([id, name]) => quoted(name) + (details[id] === undefined ? '' : ` (${details[id]})`),
  )
  const things = [...existing, ...creates.map(quoted)]
  const more = things.length - maxNamed
  return `${title} (${things.length}): ${things.slice(0, maxNamed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

const quoted = (name: string): string => `“${oneLine(name)}”`
