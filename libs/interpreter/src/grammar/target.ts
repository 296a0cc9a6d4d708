import type { Target, TaskSet } from './intent.ts'
import type { Said } from './said.ts'
import { normal } from './words.ts'

const ordinals = 'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ')
const cardinals = 'one two three four five six seven eight nine ten'.split(' ')

/** The position in a list that a word names, from 1; -1 is the last. */
const placeOf = (word: string): number | undefined => {
  if (word === 'last') return -1
  const digits = /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(word)?.[1]
  const place = digits ? Number(digits) : Math.max(ordinals.indexOf(word), cardinals.indexOf(word)) + 1
  return place > 0 ? place : undefined
}

/**
 * Positions in a list: "2", "the second one", "1, 3 and 4", "number two", "the first two". Undefined for anything else.
 */
export const readPlaces = (text: string): number[] | undefined => {
  const words = normal(text).replace(/^(?:the\s+)?(?:tasks?|numbers?|no\.|option|#)\s*(?=\S)/, '')
  const first = /^(?:the )?first (\w+)(?: ones| tasks)?$/.exec(words)?.[1]
  const count = first === undefined || first === 'one' || first === 'task' ? undefined : placeOf(first)
  if (count !== undefined && count > 0) return Array.from({ length: count }, (_, index) => index + 1)
  const items = words.split(/\s*(?:,\s*and\s|,|\band\b|&|\+)\s*/)
  const places = items.map((item) => placeOf(item.replace(/^(?:the\s+|#)/, '').replace(/\s+(?:one|task)$/, '')))
  return places.includes(undefined) ? undefined : [...new Set(places as number[])]
}

const filler =
  /^(?:of|my|of|the|open|tasks?|todos?|to-dos|ones|things|stuff|that|which|is|are|due|with|tags?|tagged|for)$/

/** A set of tasks: needs a word for all, or a qualifier and the plural. */
const readSet = (text: string, { now, time_zone }: Said): TaskSet | undefined => {
  const words = normal(text)
    .replaceAll(/\b(?:tag(?:ged)?(?: with| as)?|with (?:the )?tag) (?!#)(?=\p{L})/gu, '#')
    .replaceAll(/'s\b/g, '')
    .split(' ')
  const isAll = words.some((word) => /^(?:all|every|everything)$/.test(word))
  const isPlural = words.some((word) => /^(?:tasks|todos|to-dos)$/.test(word))
  const left = words.filter((word) => !/^(?:all|every|everything)$/.test(word) && !filler.test(word))
  if (left.length === 0) return isAll ? { is: 'open' } : undefined
  const [qualifier = ''] = left
  if (left.length > 1 || !(isAll || isPlural)) return undefined
  if (/^(?:overdue|late)$/.test(qualifier)) return { is: 'overdue' }
  const tag = /^#([\p{L}\p{M}\p{N}_-]{1,50})$/u.exec(qualifier)?.[1]
  if (tag) return { is: 'tag', tag: new RegExp(`#?(${tag})`, 'iu').exec(text)?.[1] ?? tag }
  const today = now.toZonedDateTimeISO(time_zone).toPlainDate()
  if (qualifier === 'today') return { is: 'day', date: today, name: 'today' }
  if (qualifier === 'tomorrow') return { is: 'day', date: today.add({ days: 1 }), name: 'tomorrow' }
  return undefined
}

/** The task, tasks or set of tasks that a text names. */
export const readTarget = (text: string, said: Said): Target => {
  const words = normal(text)
  const quoted = /^(?:the |my )?(?:task |todo )?(?:called |named |titled )?"([^"]+)"(?: task)?$/i.exec(text.trim())?.[1]
  if (quoted !== undefined) return { by: 'words', text: quoted, isQuoted: true }
  if (words === '') return { by: 'nothing' }
  if (/^(?:it|that|this|(?:that|this|the) (?:one|task)|the last one you (?:added|showed))$/.test(words))
    return { by: 'reference', which: 'it' }
  if (/^(?:(?:all|both) of )?(?:them|these|those)(?: all| tasks| both)?$|^both(?: tasks)?$/.test(words))
    return { by: 'reference', which: 'them' }
  const places = readPlaces(words)
  if (places) return { by: 'reference', which: places }
  const set = readSet(text, said)
  return set ? { by: 'set', set } : { by: 'words', text: text.trim(), isQuoted: false }
}
