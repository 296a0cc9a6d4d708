import type { Act, Target, TaskSet } from '../grammar/intent.ts'
import type { Said } from '../grammar/said.ts'
import { bare, isTurning, tidy } from '../grammar/words.ts'
import { callOne, type Memory, type Pending, type Reply, type Steps } from './memory.ts'
import { readPages } from './pages.ts'
import { related, searchWords, select } from './select.ts'
import { counted, inWords, listed, quoted } from './sentences.ts'
import { type Found, type Item, itemsIn } from './tasks.ts'

/** The tasks an act is for, or a reply: a question, or that none match. */
export type Meant = { items: Item[] } | { reply: Reply }

export function* findMeant(act: Act, memory: Memory, said: Said): Steps<Meant> {
  const { target } = act
  const say = (text: string): Meant => ({ reply: { text, memory } })
  switch (target.by) {
    case 'nothing':
      return say(`Which task should I ${inWords(act, '', said)}? Say it with words of its title.`)
    case 'reference':
      return referred(target, act, memory, said)
    case 'set':
      return yield* inSet(target.set, act, memory)
    case 'words':
      return yield* named(target, act, memory, said)
  }
}

const referred = ({ which }: Extract<Target, { by: 'reference' }>, act: Act, memory: Memory, said: Said): Meant => {
  const { shown } = memory
  if (which === 'them' && shown.length > 0) return { items: shown }
  if (which === 'it' && shown.length === 1) return { items: shown }
  if (which === 'it' && shown.length > 1) return { reply: ask(act, shown, memory, said) }
  const items = Array.isArray(which) ? which.map((place) => shown.at(place < 0 ? place : place - 1)) : []
  if (items.length > 0 && !items.includes(undefined)) return { items: items as Item[] }
  const text =
    shown.length > 0
      ? `I showed ${counted(shown.length, 'task')} only. Say one of these numbers, or words of the title.`
      : 'I do not know which task that is. Say it with words of its title, or list your tasks first.'
  return { reply: { text, memory } }
}

function* inSet(set: TaskSet, act: Act, memory: Memory): Steps<Meant> {
  const say = (text: string): Meant => ({ reply: { text, memory } })
  if (act.kind !== 'complete' && act.kind !== 'delete' && act.kind !== 'move')
    return say('I do that for one task at a time. Say it with words of its title.')
  const found = yield* readPages('find_tasks', { state: 'open', ...filterOf(set) }, 'tasks')
  if ('failed' in found) return say(`I could not look: ${found.failed}. Nothing was changed.`)
  if (!found.isComplete) return say('These are more than I do at once (100 at most), so I changed nothing.')
  return found.items.length > 0 ? { items: found.items } : say(`There is no open task ${setInWords(set)}.`)
}

const filterOf = (set: TaskSet) => {
  if (set.is === 'tag') return { tags: [set.tag] }
  if (set.is === 'day') return dayFilter(set.date)
  return set.is === 'overdue' ? { overdue: true } : {}
}

/** Tasks due in a range of days, in the user's time zone. */
export const dayFilter = (date: Temporal.PlainDate, days = 1) => ({
  due_after: `${date}T00:00`,
  due_before: `${date.add({ days })}T00:00`,
})

const setInWords = (set: TaskSet): string => {
  if (set.is === 'tag') return `tagged #${set.tag}`
  if (set.is === 'day') return `due ${set.name}`
  return set.is === 'overdue' ? 'that is overdue' : 'at all'
}

function* named(
  { text, isQuoted }: Extract<Target, { by: 'words' }>,
  act: Act,
  memory: Memory,
  said: Said,
): Steps<Meant> {
  const say = (answer: string): Meant => ({ reply: { text: answer, memory } })
  const words = searchWords(text)
  if (!words) return say('I find tasks by words only. Say some of its title.')
  const found = yield* candidatesOf(act, text, words, memory)
  if ('failed' in found) return say(`I could not look: ${found.failed}. Nothing was changed.`)
  const selection = select(text, found.items, { ...found, isQuoted })
  if ('clear' in selection) return { items: [selection.clear] }
  if (act.kind !== 'history' && !isQuoted && isTurning(bare(text)))
    return say(
      `I am not sure what you want with ${quoted(text)}, so I changed nothing. If it is a title, put it in "quotes".`,
    )
  if (selection.candidates.length > 0)
    return { reply: ask(act, selection.candidates, memory, said, found.isComplete ? undefined : 'more') }
  if (act.kind === 'delete') {
    const done = itemsIn(yield* callOne('search', { query: words, state: 'completed', limit: 20 }), 'tasks')
    // Never deletes a completed task without asking.
    if (done && !done.isFuzzy && done.items.length > 0)
      return { reply: ask(act, done.items, memory, said, 'completed') }
  }
  return say(none(act, text))
}

function* candidatesOf(act: Act, text: string, query: string, { deleted }: Memory): Steps<Found | { failed: string }> {
  if (act.kind === 'restore') return { items: related(text, deleted), isComplete: true, isFuzzy: false }
  if (act.kind === 'pause' || act.kind === 'resume') {
    const found = yield* readPages('list_recurring', { is_active: act.kind === 'pause' }, 'series')
    return 'failed' in found ? found : { ...found, items: related(text, found.items) }
  }
  const output = yield* callOne('search', { query, state: stateOf(act), limit: 20 })
  return itemsIn(output, 'tasks') ?? { failed: output.is === 'failed' ? output.reason : 'the answer could not be read' }
}

const stateOf = ({ kind }: Act): string => (kind === 'reopen' ? 'completed' : kind === 'history' ? 'all' : 'open')

const none = (act: Act, text: string): string => {
  const words = quoted(tidy(text))
  switch (act.kind) {
    case 'restore':
      return `I deleted nothing like ${words} in this conversation. What was deleted can be restored for 30 days: use Undo where it was deleted, or the list of deleted tasks.`
    case 'pause':
      return `I found no recurring task like ${words}. Say "list recurring tasks" to see them.`
    case 'resume':
      return `I found no paused recurring task like ${words}.`
    case 'reopen':
      return `I found no completed task like ${words}.`
    case 'history':
      return `I found no task like ${words}.`
    case 'remind':
      return `I found no open task like ${words}. For a new one say "remind me to ...".`
    case 'repeat':
      return `I found no open task like ${words}. For a new one say "add ... every ...".`
    default:
      return `I found no open task like ${words}, so I changed nothing.`
  }
}

const maxChoices = 10

/** Asks which of several tasks is meant. */
export const ask = (act: Act, candidates: Item[], memory: Memory, said: Said, note?: 'more' | 'completed'): Reply => {
  const choices = candidates.slice(0, maxChoices)
  const pending: Pending = { asks: 'which', act, candidates: choices }
  const isMore = note === 'more' || choices.length < candidates.length
  const one = note === 'completed' ? 'I found no open task, but a completed one.' : 'I am not sure which task you mean.'
  const several = note === 'completed' ? 'I found completed tasks only.' : ''
  const text =
    choices.length === 1
      ? `${one} Should I ${inWords(act, 'this one', said)}?\n${listed(choices, said)}\nSay "yes" or "no".${isMore ? ' There are more that match: say more words to see another.' : ''}`
      : `${several}${several ? ' ' : ''}Which of these ${choices.length} should I ${inWords(act, '', said)}?\n${listed(choices, said)}\nSay a number, words of the title, or "none".${isMore ? ' There are more: say more words of the title to see others.' : ''}`
  return { text, memory: { ...memory, pending, shown: choices } }
}
