import { added } from '../grammar/add.ts'
import type { Act, Intent } from '../grammar/intent.ts'
import type { Said } from '../grammar/said.ts'
import { type Part, understand } from '../grammar/understand.ts'
import { readDuration, readWhen } from '../grammar/when.ts'
import { tidy } from '../grammar/words.ts'
import { helpIn } from '../help/help-in.ts'
import { textsOf } from '../texts/texts-of.ts'
import { wordsIn } from '../words/words-in.ts'
import { doAct, doWith } from './act.ts'
import { addReminding, addTasks, withTime } from './add.ts'
import { ask } from './meant.ts'
import type { Memory, Pending, Reply, Steps } from './memory.ts'
import { readChoice } from './select.ts'
import { quoted } from './sentences.ts'
import { findByWords, showAgenda, showList, showPreview, showSeries } from './show.ts'

/** A turn has eight steps: each part needs two and the reply one. */
const maxParts = 3

/** Acts on a text and replies to it. */
export function* answerTo(text: string, memory: Memory, said: Said): Steps<Reply> {
  const { pending, ...rest } = memory
  const parts = understand(text, said)
  if (pending) {
    const answered = yield* answerPending(pending, text, parts, memory, said)
    if (answered) return answered
  }
  return yield* doParts(parts, rest, said)
}

const answers: Intent['kind'][] = ['yes', 'no', 'thanks', 'greeting', 'unknown']

/** Reads a text as the reply to a question; undefined when it is something else. */
function* answerPending(
  pending: Pending,
  text: string,
  parts: Part[],
  memory: Memory,
  said: Said,
): Steps<Reply | undefined> {
  const { pending: _, ...rest } = memory
  const kind = parts.length === 1 ? parts[0]!.intent.kind : 'unknown'
  const again = (): Reply => ({
    text: textsOf(said).whichAgain,
    memory,
  })
  if (parts.length === 0) return again()
  if (kind === 'no' || wordsIn(said.language).reply.none.test(tidy(text)))
    return { text: textsOf(said).allRight, memory: rest }
  switch (pending.asks) {
    case 'which': {
      if (!answers.includes(kind)) return undefined
      const choice = readChoice(text, pending.candidates, said.language)
      if (!choice) return kind === 'unknown' || kind === 'yes' ? again() : undefined
      if (choice.isByWords && choice.chosen.length > 1) return ask(pending.act, choice.chosen, rest, said)
      return yield* doWith(pending.act, choice.chosen, rest, said)
    }
    case 'when': {
      const act = withWhen(pending.act, text, said)
      return act ? yield* doWith(act, pending.items, rest, said) : orAgain(kind, memory, said)
    }
    case 'remind when': {
      const task = withTime(pending.task, text, said)
      return task ? yield* addReminding(task, rest, said) : orAgain(kind, memory, said)
    }
    case 'title': {
      if (!answers.includes(kind) || kind === 'yes' || parts.length > 1) return undefined
      const intent = added([tidy(text)], said)
      return intent?.kind === 'add' && intent.tasks.length > 0 ? yield* addTasks(intent.tasks, rest, said) : undefined
    }
  }
}

const orAgain = (kind: Intent['kind'], memory: Memory, said: Said): Reply | undefined =>
  answers.includes(kind) ? { text: textsOf(said).notATime, memory } : undefined

const withWhen = (act: Act, text: string, said: Said): Act | undefined => {
  const words = tidy(text)
    .replace(/[.!]+$/, '')
    .replace(new RegExp(wordsIn(said.language).reply.tail, 'i'), '')
  const span = readDuration(words.replace(wordsIn(said.language).when.spanLead, ''), said.language)
  if (act.kind === 'snooze' && span) return { ...act, to: { for: span } }
  const when = text.includes('?') ? undefined : readWhen(words, said)
  if (!when) return undefined
  if (act.kind === 'remind') return { ...act, at: { when } }
  return act.kind === 'move' || act.kind === 'snooze' ? { ...act, to: { when } } : undefined
}

const neutral: Intent['kind'][] = ['thanks', 'greeting', 'yes']

/** Does the parts of a text in order, or none when one was not understood. */
function* doParts(all: Part[], memory: Memory, said: Said): Steps<Reply> {
  const t = textsOf(said)
  const wanted = all.filter(({ intent }) => !neutral.includes(intent.kind))
  const parts = wanted.length > 0 ? wanted : all.slice(0, 1)
  if (parts.length === 0) return { text: `${t.listening} ${t.introduction}`, memory }
  const unknown = parts.find(({ intent }) => intent.kind === 'unknown')
  if (unknown?.intent.kind === 'unknown')
    return { text: t.notUnderstood(quoted(unknown.text), unknown.intent.hint ?? ''), memory }
  const refused = parts.find(({ intent }) => intent.kind === 'no' || intent.kind === 'refused')
  if (refused && parts.length > 1) return { text: t.alsoSaid(quoted(refused.text)), memory }
  if (parts.length > maxParts) return { text: t.tooManyThings(maxParts), memory }
  if (parts.length > 1 && parts.some(({ intent }) => 'target' in intent && intent.target.by === 'set'))
    return { text: t.setsAlone, memory }
  let now = memory
  const texts: string[] = []
  for (const [index, part] of parts.entries()) {
    const reply = yield* doPart(part.intent, now, said)
    texts.push(reply.text)
    now = reply.memory
    const left = parts.slice(index + 1)
    if (now.pending && left.length > 0) {
      texts.push(t.leftOut(left.map(({ text }) => quoted(text)).join(', ')))
      break
    }
  }
  return { text: texts.join('\n\n'), memory: now }
}

function* doPart(intent: Intent, memory: Memory, said: Said): Steps<Reply> {
  const t = textsOf(said)
  const say = (text: string): Reply => ({ text, memory })
  switch (intent.kind) {
    case 'add':
      return yield* addTasks(intent.tasks, memory, said)
    case 'remind_to':
      return yield* addReminding(intent.task, memory, said)
    case 'agenda':
      return yield* showAgenda(intent, memory, said)
    case 'list':
      return yield* showList(intent, memory, said)
    case 'series':
      return yield* showSeries(memory, said)
    case 'find':
      return yield* findByWords(intent, memory, said)
    case 'preview':
      return yield* showPreview(intent, memory, said)
    case 'help':
      return say(helpIn(said.language))
    case 'about':
      return say(t.introduction)
    case 'greeting':
      return say(t.greeting)
    case 'thanks':
      return say(t.welcome)
    case 'undo':
      return say(t.undo)
    case 'yes':
      return say(memory.waiting ? t.waitingFor(memory.waiting) : t.nothingAsked)
    case 'no':
      return say(memory.waiting ? t.stillWaits(memory.waiting) : t.allRight)
    case 'refused':
      return say(intent.say)
    case 'unknown':
      return say(t.notUnderstood(quoted(''), intent.hint ?? ''))
    default:
      return yield* doAct(intent, memory, said)
  }
}
