import type { Act, Intent } from '../grammar/intent.ts'
import type { Said } from '../grammar/said.ts'
import { type Part, understand } from '../grammar/understand.ts'
import { readDuration, readWhen } from '../grammar/when.ts'
import { tidy } from '../grammar/words.ts'
import { doAct, doWith, waitingFor } from './act.ts'
import { addReminding, addTasks, withTime } from './add.ts'
import { helpText } from './help.ts'
import { ask } from './meant.ts'
import type { Memory, Pending, Reply, Steps } from './memory.ts'
import { readChoice } from './select.ts'
import { introduction, notUnderstood, quoted } from './sentences.ts'
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
    text: 'I did not understand which; nothing was changed. Say it once more, or "none".',
    memory,
  })
  if (parts.length === 0) return again()
  if (kind === 'no' || /^(?:none|neither|nothing|no(?:ne)? of (?:them|these))\b/i.test(tidy(text)))
    return { text: 'All right, I changed nothing.', memory: rest }
  switch (pending.asks) {
    case 'which': {
      if (!answers.includes(kind)) return undefined
      const choice = readChoice(text, pending.candidates)
      if (!choice) return kind === 'unknown' || kind === 'yes' ? again() : undefined
      if (choice.isByWords && choice.chosen.length > 1) return ask(pending.act, choice.chosen, rest, said)
      return yield* doWith(pending.act, choice.chosen, rest, said)
    }
    case 'when': {
      const act = withWhen(pending.act, text, said)
      return act ? yield* doWith(act, pending.items, rest, said) : orAgain(kind, memory)
    }
    case 'remind when': {
      const task = withTime(pending.task, text, said)
      return task ? yield* addReminding(task, rest, said) : orAgain(kind, memory)
    }
    case 'title': {
      if (!answers.includes(kind) || kind === 'yes' || parts.length > 1) return undefined
      const [part] = understand(`add ${tidy(text)}`, said)
      return part?.intent.kind === 'add' && part.intent.tasks.length > 0
        ? yield* addTasks(part.intent.tasks, rest, said)
        : undefined
    }
  }
}

const orAgain = (kind: Intent['kind'], memory: Memory): Reply | undefined =>
  answers.includes(kind)
    ? { text: 'I could not read that as a time. Try "tomorrow at 9", or say "cancel".', memory }
    : undefined

const withWhen = (act: Act, text: string, said: Said): Act | undefined => {
  const words = tidy(text)
    .replace(/[.!]+$/, '')
    .replace(/[, ]+please$/i, '')
  const span = readDuration(words.replace(/^(?:for|by) /i, ''))
  if (act.kind === 'snooze' && span) return { ...act, to: { for: span } }
  const when = text.includes('?') ? undefined : readWhen(words, said)
  if (!when) return undefined
  if (act.kind === 'remind') return { ...act, at: { when } }
  return act.kind === 'move' || act.kind === 'snooze' ? { ...act, to: { when } } : undefined
}

const neutral: Intent['kind'][] = ['thanks', 'greeting', 'yes']

/** Does the parts of a text in order, or none when one was not understood. */
function* doParts(all: Part[], memory: Memory, said: Said): Steps<Reply> {
  const wanted = all.filter(({ intent }) => !neutral.includes(intent.kind))
  const parts = wanted.length > 0 ? wanted : all.slice(0, 1)
  if (parts.length === 0) return { text: `I am listening. ${introduction}`, memory }
  const unknown = parts.find(({ intent }) => intent.kind === 'unknown')
  if (unknown?.intent.kind === 'unknown') return { text: notUnderstood(unknown.text, unknown.intent.hint), memory }
  const refused = parts.find(({ intent }) => intent.kind === 'no' || intent.kind === 'refused')
  if (refused && parts.length > 1)
    return { text: `I changed nothing, because you also said ${quoted(refused.text)}.`, memory }
  if (parts.length > maxParts)
    return { text: `That is more than ${maxParts} things at once, so I did nothing of it.`, memory }
  if (parts.length > 1 && parts.some(({ intent }) => 'target' in intent && intent.target.by === 'set'))
    return {
      text: 'What is for many tasks at once I do alone: say it in a message of its own. I did nothing so far.',
      memory,
    }
  let now = memory
  const texts: string[] = []
  for (const [index, part] of parts.entries()) {
    const reply = yield* doPart(part.intent, now, said)
    texts.push(reply.text)
    now = reply.memory
    const left = parts.slice(index + 1)
    if (now.pending && left.length > 0) {
      texts.push(`I have left out the rest: ${left.map(({ text }) => quoted(text)).join(', ')}.`)
      break
    }
  }
  return { text: texts.join('\n\n'), memory: now }
}

function* doPart(intent: Intent, memory: Memory, said: Said): Steps<Reply> {
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
      return say(helpText)
    case 'about':
      return say(introduction)
    case 'greeting':
      return say('Hello! Tell me what to add, find, complete or move. Say "help" for examples.')
    case 'thanks':
      return say('You are welcome.')
    case 'undo':
      return say(
        'Use the Undo button beside the change: it puts everything back as it was. What was deleted in this conversation comes back by "restore ..." too.',
      )
    case 'yes':
      return say(memory.waiting ? waitingFor(memory.waiting) : 'There is nothing I have asked. Tell me what to do.')
    case 'no':
      return say(
        memory.waiting
          ? `Nothing has been done: ${memory.waiting} still waits. Cancel it with the button, or let it expire.`
          : 'All right, I changed nothing.',
      )
    case 'refused':
      return say(intent.say)
    case 'unknown':
      return say(notUnderstood('', intent.hint))
    default:
      return yield* doAct(intent, memory, said)
  }
}
