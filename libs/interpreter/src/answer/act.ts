import type { Output, ToolCall } from '../conversation.ts'
import type { Act } from '../grammar/intent.ts'
import type { Said } from '../grammar/said.ts'
import { placed, reminderMoment } from '../grammar/when.ts'
import { ask, findMeant } from './meant.ts'
import { callOne, type Memory, type Reply, type Steps } from './memory.ts'
import { counted, dueInWords, lineOf, listed, quoted, timeInWords } from './sentences.ts'
import { type Item, toItem } from './tasks.ts'

/** Acts on the task that is meant, when it is clear which. */
export function* doAct(act: Act, memory: Memory, said: Said): Steps<Reply> {
  const meant = yield* findMeant(act, memory, said)
  return 'reply' in meant ? meant.reply : yield* doWith(act, meant.items, memory, said)
}

/** Acts on these tasks, which the user has named or chosen. */
export function* doWith(act: Act, items: Item[], before: Memory, said: Said): Steps<Reply> {
  const memory: Memory = { shown: items, deleted: before.deleted }
  const say = (text: string): Reply => ({ text, memory })
  if (items.length > 1 && !severalAtOnce.includes(act.kind)) return ask(act, items, before, said)
  if (act.kind === 'history') return yield* tellHistory(items[0]!, memory, said)
  if ((act.kind === 'move' && !act.to) || (act.kind === 'remind' && !act.at) || (act.kind === 'snooze' && !act.to))
    return {
      text: `${whenWords[act.kind]} ${titles(items)}?`,
      memory: { ...memory, pending: { asks: 'when', act, items } },
    }
  const prepared = callFor(act, items, said)
  if (typeof prepared === 'string') return say(prepared)
  const output = yield* callOne(prepared.tool, prepared.input)
  if (output.is === 'failed') return say(`That did not work: ${output.reason}.`)
  if (output.is === 'waiting') {
    const what = output.summary || `${act.kind} ${titles(items)}`
    return { text: waitingFor(what), memory: { ...memory, waiting: what } }
  }
  const now = changedItems(output, items)
  const deleted = act.kind === 'delete' ? [...before.deleted, ...items] : before.deleted
  return { text: report(act, items, now, output, said), memory: { shown: now, deleted } }
}

type Change = Exclude<Act, { kind: 'history' }>

const severalAtOnce: Act['kind'][] = ['complete', 'reopen', 'delete', 'restore', 'move']

const whenWords = {
  move: 'To when should I move',
  remind: 'When should I remind you of',
  snooze: 'For how long, or until when, should I snooze',
}

export const waitingFor = (what: string): string =>
  `This waits for your confirmation: ${what}. Nothing happens until you confirm it; use the button, I cannot do that for you.`

const titles = (items: Item[]): string => (items.length === 1 ? quoted(items[0]!.title) : counted(items.length, 'task'))

/** The tool call for an act, or why it cannot be done. */
const callFor = (act: Change, items: Item[], said: Said): ToolCall | string => {
  const ids = items.map(({ id }) => id)
  const [item] = items as [Item]
  switch (act.kind) {
    case 'complete':
      return { tool: 'complete_tasks', input: { ids } }
    case 'reopen':
      return { tool: 'reopen', input: { ids } }
    case 'delete':
      return { tool: 'delete_tasks', input: { ids } }
    case 'restore':
      return { tool: 'restore_tasks', input: { ids } }
    case 'pause':
    case 'resume':
      return { tool: `${act.kind}_series`, input: { series_id: item.id } }
    case 'move':
      return moveCall(act, items, said)
    case 'remind':
      return remindCall(act, item, said)
    case 'snooze':
      return snoozeCall(act, item, said)
    case 'repeat': {
      const { recurrence_rule, recurrence_interval, recurrence_anchor, due_date, due_on } = act.rule
      // A plain "weekly" continues from the date of the task.
      const keepsDate = (item.due_date ?? item.due_on) !== null && !recurrence_rule!.includes('=')
      const changes = {
        recurrence_rule,
        recurrence_interval: recurrence_interval ?? 1,
        ...(recurrence_anchor ? { recurrence_anchor } : {}),
        ...(keepsDate ? {} : { due_date: due_date ?? due_on }),
      }
      return { tool: 'update_tasks', input: { updates: [{ id: item.id, changes }] } }
    }
  }
}

const moveCall = ({ to }: Extract<Act, { kind: 'move' }>, items: Item[], said: Said): ToolCall | string => {
  const isBy = to && 'by' in to
  const undated = isBy ? items.find(({ due_date, due_on }) => (due_date ?? due_on) === null) : undefined
  if (undated) return `${quoted(undated.title)} has no date to count from. Say to which day it should go.`
  const untimed = isBy && to.by.hours + to.by.minutes !== 0 ? items.find(({ due_on }) => due_on !== null) : undefined
  if (untimed) return `${quoted(untimed.title)} is due on a day, without a time. Say at which time it should be.`
  const moves = items.map((item) => ({ id: item.id, due_date: movedTo(to!, item, said) }))
  if (moves.some(({ due_date }) => due_date && hasPassed(due_date, said)))
    return 'That would lie in the past, so I changed nothing.'
  return { tool: 'reschedule', input: { moves } }
}

const movedTo = (to: NonNullable<Extract<Act, { kind: 'move' }>['to']>, item: Item, said: Said): string | null => {
  if (!('by' in to)) return to.when && placed(to.when, item, said)
  if (item.due_on !== null) return Temporal.PlainDate.from(item.due_on).add(to.by).toString()
  return Temporal.Instant.from(item.due_date!).toZonedDateTimeISO(said.time_zone).add(to.by).toInstant().toString()
}

/** Of an instant or a day. */
const hasPassed = (due: string, { now, time_zone }: Said): boolean =>
  due.length === 10
    ? Temporal.PlainDate.compare(due, now.toZonedDateTimeISO(time_zone).toPlainDate()) < 0
    : Temporal.Instant.compare(due, now) <= 0

const remindCall = ({ at }: Extract<Act, { kind: 'remind' }>, item: Item, said: Said): ToolCall | string => {
  if (at && 'offset' in at) {
    if ((item.due_date ?? item.due_on) === null)
      return `${quoted(item.title)} has no due date. Move it to a day first, or say a time.`
    return { tool: 'add_reminder', input: { id: item.id, reminder: { type: at.side, offset: at.offset.toString() } } }
  }
  const instant = reminderMoment(at!.when, said)
  if (Temporal.Instant.compare(instant, said.now) <= 0) return 'That time has passed, so I changed nothing.'
  return { tool: 'add_reminder', input: { id: item.id, reminder: { type: 'at', at: instant.toString() } } }
}

const snoozeCall = ({ to }: Extract<Act, { kind: 'snooze' }>, item: Item, said: Said): ToolCall | string => {
  const reminder = reminderToSnooze(item)
  if (!reminder) return `${quoted(item.title)} has no reminder to snooze. Say "remind me about ..." to add one.`
  const given = { id: item.id, reminder_id: reminder.id }
  if (to && 'for' in to) return { tool: 'snooze', input: { ...given, for: to.for.toString() } }
  const until = reminderMoment(to!.when, said)
  if (Temporal.Instant.compare(until, said.now) <= 0) return 'That time has passed, so I changed nothing.'
  return { tool: 'snooze', input: { ...given, until: until.toString() } }
}

/** The last reminder that fired, else the next one. */
const reminderToSnooze = ({ reminders }: Item) => {
  const byTime = reminders.filter(({ at }) => at !== null).toSorted((a, b) => (a.at! < b.at! ? -1 : 1))
  return (
    byTime.findLast(({ state }) => state === 'sent' || state === 'due') ??
    byTime.find(({ state }) => state === 'pending')
  )
}

interface Result {
  status?: unknown
  reason?: unknown
  task?: unknown
}
const resultsIn = (output: Output): Result[] =>
  output.is === 'done' && Array.isArray(output.value.results) ? (output.value.results as Result[]) : []

const changedItems = (output: Output, items: Item[]): Item[] => {
  const series = output.is === 'done' ? output.value.series : undefined
  const changed = [series, ...resultsIn(output).map((result) => result?.task)].flatMap((each) => toItem(each) ?? [])
  return items.map((item) => changed.find(({ id }) => id === item.id) ?? item)
}

/** Reports what was done and what was refused. */
const report = (act: Change, items: Item[], now: Item[], output: Output, said: Said): string => {
  const results = resultsIn(output)
  const refused = results.flatMap(({ status, reason }, index) =>
    status === 'refused' ? [`I could not ${act.kind} ${quoted(items[index]?.title ?? '')}: ${String(reason)}.`] : [],
  )
  const done = now.filter((_, index) => results[index]?.status !== 'refused')
  if (done.length === 0) return refused.join('\n') || 'Nothing was changed.'
  const many = done.length > 1 ? `\n${listed(done, said)}` : ''
  return [`${doneWords(act, done, said)}${many}`, ...refused].join('\n')
}

const doneWords = (act: Change, done: Item[], said: Said): string => {
  const what = titles(done)
  const due = done.length === 1 ? dueInWords(done[0]!, said) : undefined
  switch (act.kind) {
    case 'complete':
      return `Done: I completed ${what}.`
    case 'reopen':
      return `I reopened ${what}.`
    case 'delete':
      return `I deleted ${what}.`
    case 'restore':
      return `I restored ${what}.`
    case 'move':
      if (act.to && 'when' in act.to && act.to.when === null) return `${what} has no due date any more.`
      return due ? `I moved ${what} to ${due}.` : `I moved ${what}.`
    case 'remind':
      return act.at && 'when' in act.at
        ? `I will remind you of ${what} on ${timeInWords(reminderMoment(act.at.when, said), said)}.`
        : `I will remind you of ${what}${due ? `, due ${due}` : ''}, as you said.`
    case 'snooze':
      return act.to && 'when' in act.to
        ? `I snoozed the reminder of ${what} until ${timeInWords(reminderMoment(act.to.when, said), said)}.`
        : `I snoozed the reminder of ${what}.`
    case 'repeat':
      return `${what} repeats now${due ? `; it is due ${due}` : ''}.`
    case 'pause':
      return `I paused ${what}: no new tasks until you say "resume ${done[0]!.title}".`
    case 'resume':
      return `I resumed ${what}${due ? `; it comes next on ${due}` : ''}.`
  }
}

function* tellHistory(item: Item, memory: Memory, said: Said): Steps<Reply> {
  const output = yield* callOne('audit_trail', { task_id: item.id, limit: 10 })
  const records = output.is === 'done' && Array.isArray(output.value.records) ? output.value.records : undefined
  if (!records)
    return {
      text: `I could not look: ${output.is === 'failed' ? output.reason : 'the answer could not be read'}.`,
      memory,
    }
  const lines = records.flatMap((record) => {
    const { type, time, changed } = (record ?? {}) as { type?: unknown; time?: unknown; changed?: object }
    if (typeof type !== 'string' || typeof time !== 'string') return []
    const fields = Object.keys(changed ?? {}).map((field) => field.replaceAll('_', ' '))
    return `- ${timeInWords(time, said)}: ${type.replace(/^task\./, '').replaceAll(/[._]/g, ' ')}${fields.length > 0 ? ` (${fields.join(', ')})` : ''}`
  })
  const text =
    lines.length > 0
      ? `What happened to ${lineOf(item, said)}, newest first:\n${lines.join('\n')}`
      : `Nothing is on record for ${quoted(item.title)} yet.`
  return { text, memory }
}
