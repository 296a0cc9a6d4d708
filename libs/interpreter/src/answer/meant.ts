import type { Act, Target, TaskSet } from '../grammar/intent.ts'
import type { Said } from '../grammar/said.ts'
import { bare, isTurning, tidy } from '../grammar/words.ts'
import { textsOf } from '../texts/texts-of.ts'
import { callOne, type Memory, type Pending, type Reply, type Steps } from './memory.ts'
import { readPages } from './pages.ts'
import { related, searchWords, select } from './select.ts'
import { listed, quoted, whereTo } from './sentences.ts'
import { type Found, type Item, itemsIn } from './tasks.ts'

/** The tasks an act is for, or a reply: a question, or that none match. */
export type Meant = { items: Item[] } | { reply: Reply }

export function* findMeant(act: Act, memory: Memory, said: Said): Steps<Meant> {
  const { target } = act
  const say = (text: string): Meant => ({ reply: { text, memory } })
  switch (target.by) {
    case 'nothing':
      return say(textsOf(said).whichTask(act.kind, whereOf(act, said)))
    case 'reference':
      return referred(target, act, memory, said)
    case 'set':
      return yield* inSet(target.set, act, memory, said)
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
  const text = shown.length > 0 ? textsOf(said).showedOnly(shown.length) : textsOf(said).noReference
  return { reply: { text, memory } }
}

function* inSet(set: TaskSet, act: Act, memory: Memory, said: Said): Steps<Meant> {
  const t = textsOf(said)
  const say = (text: string): Meant => ({ reply: { text, memory } })
  if (act.kind !== 'complete' && act.kind !== 'delete' && act.kind !== 'move') return say(t.oneAtATime)
  const found = yield* readPages('find_tasks', { state: 'open', ...filterOf(set) }, 'tasks')
  if ('failed' in found) return say(`${t.couldNotLook(found.failed)} ${t.nothingChanged}`)
  if (!found.isComplete) return say(t.tooManyAtOnce)
  return found.items.length > 0 ? { items: found.items } : say(t.thereIsNo(setInWords(set, said)))
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

const setInWords = (set: TaskSet, said: Said): string => {
  const t = textsOf(said)
  if (set.is === 'tag') return t.noOpenTask.tagged(set.tag)
  if (set.is === 'day') return t.noOpenTask.due(t[set.name])
  return set.is === 'overdue' ? t.noOpenTask.overdue : t.noOpenTask.all
}

function* named(
  { text, isQuoted }: Extract<Target, { by: 'words' }>,
  act: Act,
  memory: Memory,
  said: Said,
): Steps<Meant> {
  const t = textsOf(said)
  const say = (answer: string): Meant => ({ reply: { text: answer, memory } })
  const words = searchWords(text, said.language)
  if (!words) return say(t.onlyByWords)
  const found = yield* candidatesOf(act, text, words, memory, said)
  if ('failed' in found) return say(`${t.couldNotLook(found.failed)} ${t.nothingChanged}`)
  const selection = select(text, found.items, { ...found, isQuoted, language: said.language })
  if ('clear' in selection) return { items: [selection.clear] }
  if (act.kind !== 'history' && !isQuoted && isTurning(bare(text, said.language), said.language))
    return say(t.notSure(quoted(text)))
  if (selection.candidates.length > 0)
    return { reply: ask(act, selection.candidates, memory, said, found.isComplete ? undefined : 'more') }
  if (act.kind === 'delete') {
    const done = itemsIn(yield* callOne('search', { query: words, state: 'completed', limit: 20 }), 'tasks')
    // Never deletes a completed task without asking.
    if (done && !done.isFuzzy && done.items.length > 0)
      return { reply: ask(act, done.items, memory, said, 'completed') }
  }
  const { foundNo } = t
  return say((act.kind in foundNo ? foundNo[act.kind as 'pause'] : foundNo.other)(quoted(tidy(text))))
}

function* candidatesOf(
  act: Act,
  text: string,
  query: string,
  { deleted }: Memory,
  said: Said,
): Steps<Found | { failed: string }> {
  if (act.kind === 'restore') return { items: related(text, deleted, said.language), isComplete: true, isFuzzy: false }
  if (act.kind === 'pause' || act.kind === 'resume') {
    const found = yield* readPages('list_recurring', { is_active: act.kind === 'pause' }, 'series')
    return 'failed' in found ? found : { ...found, items: related(text, found.items, said.language) }
  }
  const output = yield* callOne('search', { query, state: stateOf(act), limit: 20 })
  return itemsIn(output, 'tasks') ?? { failed: output.is === 'failed' ? output.reason : textsOf(said).unreadable }
}

const stateOf = ({ kind }: Act): string => (kind === 'reopen' ? 'completed' : kind === 'history' ? 'all' : 'open')

const maxChoices = 10

/** Asks which of several tasks is meant. */
export const ask = (act: Act, candidates: Item[], memory: Memory, said: Said, note?: 'more' | 'completed'): Reply => {
  const choices = candidates.slice(0, maxChoices)
  const pending: Pending = { asks: 'which', act, candidates: choices }
  const isMore = note === 'more' || choices.length < candidates.length
  const t = textsOf(said)
  const where = whereOf(act, said)
  const only = note === 'completed' ? t.onlyCompleted(choices.length) : choices.length === 1 ? t.notSureWhich : ''
  const [question, answers, more] =
    choices.length === 1
      ? [t.should(act.kind, where), t.yesOrNo, t.moreMatch]
      : [t.whichOf(choices.length, act.kind, where), t.numberOrWords, t.moreTitles]
  const text = `${only}${only ? ' ' : ''}${question}\n${listed(choices, said)}\n${answers}${isMore ? ` ${more}` : ''}`
  return { text, memory: { ...memory, pending, shown: choices } }
}

const whereOf = (act: Act, said: Said): string => (act.kind === 'move' && act.to ? whereTo(act.to, said) : '')
