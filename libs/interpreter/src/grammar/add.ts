import { textsOf } from '../texts/texts-of.ts'
import type { Intent } from './intent.ts'
import { phrase, type Rule } from './rule.ts'
import type { Said } from './said.ts'
import { quick } from './when.ts'

const maxTitle = 500
const maxTasks = 25

const task = '(?:task|todo|to-do)'

export const add: Rule[] = [
  [
    phrase(`(?:add|create|new|put)(?: (?:a|an|new|${task}|item|something|one|another))*`),
    () => ({ kind: 'add', tasks: [] }),
  ],
  [
    phrase(
      `(?:add|create|make|new)(?: (?:these|some|the following|a few|\\d+|two|three))*(?: new)? ${task}s(?: for me)?(?::\\s*| - |\\n|\\s+)(?<many>.+)`,
    ),
    ({ many }, said) =>
      added(
        many!.split(/\s*[,;\n]\s*/).map((each) => each.replace(/^(?:and |[-*•]\s*|\d+[.)]\s+)/i, '')),
        said,
      ),
  ],
  [
    phrase(
      `(?:add|create|make|put|new)(?: (?:a|an|another|the))?(?: new)? ${task}(?: to my (?:to-?do )?list| for me)?(?: (?:called|named|titled|that says|to|for)|\\s*[:-])? (?<a>.+)`,
      `(?:${task}|note)\\s*: ?(?<b>.+)`,
      "(?:add|create|put|note down|jot down|remember to|don't forget to|don't let me forget(?: to)?) (?<c>.+)",
    ),
    ({ a, b, c }, said) =>
      added(
        [(a ?? b ?? c)!.replace(/ (?:to|on|onto|in) (?:my|the) (?:(?:to-?do |task )?list|tasks|todos)$/i, '')],
        said,
      ),
  ],
]

/** New tasks out of these texts. */
export const added = (texts: string[], said: Said): Intent | undefined => {
  const wanted = texts.filter((text) => text.trim() !== '')
  if (wanted.some((text) => text.length > maxTitle))
    return { kind: 'refused', say: textsOf(said).refused.title(maxTitle) }
  if (wanted.length > maxTasks) return { kind: 'refused', say: textsOf(said).refused.tasks(maxTasks) }
  const tasks = wanted.map((text) => quick(text, said))
  if (tasks.some(({ title }) => title === '')) return { kind: 'unknown', hint: textsOf(said).hints.titleToo }
  return { kind: 'add', tasks }
}
