import type { Output, ToolCall } from '../conversation.ts'
import type { Act } from '../grammar/intent.ts'
import type { Said } from '../grammar/said.ts'
import { placed, reminderMoment, type When } from '../grammar/when.ts'
import { textsOf } from '../texts/texts-of.ts'
import { ask, findMeant } from './meant.ts'
import { callOne, type Memory, type Reply, type Steps } from './memory.ts'
import { dueInWords, lineOf, listed, quoted, timeInWords } from './sentences.ts'
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
      text: textsOf(said).whenTo[act.kind](titles(items, said)),
      memory: { ...memory, pending: { asks: 'when', act, items } },
    }
  const prepared = callFor(act, items, said)
  if (typeof prepared === 'string') return say(prepared)
  const output = yield* callOne(prepared.tool, prepared.input)
  if (output.is === 'failed') return say(textsOf(said).failed(output.reason))
  if (output.is === 'waiting') {
    const what = waitsFor(output.summary, act.kind, titles(items, said), said)
    return { text: textsOf(said).waitingFor(what), memory: { ...memory, waiting: what } }
  }
  const now = changedItems(output, items)
  const deleted = act.kind === 'delete' ? [...before.deleted, ...items] : before.deleted
  return { text: report(act, items, now, output, said), memory: { shown: now, deleted } }
}

type Change = Exclude<Act, { kind: 'history' }>

const severalAtOnce: Act['kind'][] = ['complete', 'reopen', 'delete', 'restore', 'move']

/** The tool's own summary is English. */
const waitsFor = (summary: string, kind: Act['kind'], what: string, said: Said): string =>
  said.language === 'en' && summary ? summary : textsOf(said).act(kind, what)

const titles = (items: Item[], said: Said): string =>
  items.length === 1 ? quoted(items[0]!.title) : textsOf(said).tasks(items.length)

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
  const t = textsOf(said)
  const isBy = to && 'by' in to
  const undated = isBy ? items.find(({ due_date, due_on }) => (due_date ?? due_on) === null) : undefined
  if (undated) return t.noDateToCount(quoted(undated.title))
  const untimed = isBy && to.by.hours + to.by.minutes !== 0 ? items.find(({ due_on }) => due_on !== null) : undefined
  if (untimed) return t.noTimeToCount(quoted(untimed.title))
  const moves = items.map((item) => ({ id: item.id, due_date: movedTo(to!, item, said) }))
  if (moves.some(({ due_date }) => due_date && hasPassed(due_date, said))) return t.wouldBePast
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
    if ((item.due_date ?? item.due_on) === null) return textsOf(said).noDueDate(quoted(item.title))
    return { tool: 'add_reminder', input: { id: item.id, reminder: { type: at.side, offset: at.offset.toString() } } }
  }
  const instant = reminderMoment(at!.when, said)
  if (Temporal.Instant.compare(instant, said.now) <= 0) return textsOf(said).hasPassed
  return { tool: 'add_reminder', input: { id: item.id, reminder: { type: 'at', at: instant.toString() } } }
}

const snoozeCall = ({ to }: Extract<Act, { kind: 'snooze' }>, item: Item, said: Said): ToolCall | string => {
  const reminder = reminderToSnooze(item)
  if (!reminder) return textsOf(said).noReminder(quoted(item.title))
  const given = { id: item.id, reminder_id: reminder.id }
  if (to && 'for' in to) return { tool: 'snooze', input: { ...given, for: to.for.toString() } }
  const until = reminderMoment(to!.when, said)
  if (Temporal.Instant.compare(until, said.now) <= 0) return textsOf(said).hasPassed
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
  const t = textsOf(said)
  const results = resultsIn(output)
  const refused = results.flatMap(({ status, reason }, index) =>
    status === 'refused' ? [t.couldNot(act.kind, quoted(items[index]?.title ?? ''), String(reason))] : [],
  )
  const done = now.filter((_, index) => results[index]?.status !== 'refused')
  if (done.length === 0) return refused.join('\n') || t.nothingChanged
  const many = done.length > 1 ? `\n${listed(done, said)}` : ''
  return [`${doneWords(act, done, said)}${many}`, ...refused].join('\n')
}

const doneWords = (act: Change, done: Item[], said: Said): string => {
  const { did } = textsOf(said)
  const what = titles(done, said)
  const due = done.length === 1 ? dueInWords(done[0]!, said) : undefined
  const momentOf = ({ when }: { when: When }) => timeInWords(reminderMoment(when, said), said)
  switch (act.kind) {
    case 'move':
      return act.to && 'when' in act.to && act.to.when === null ? did.undate(what) : did.move(what, due)
    case 'remind':
      return act.at && 'when' in act.at ? did.remindAt(what, momentOf(act.at)) : did.remind(what, due)
    case 'snooze':
      return did.snooze(what, act.to && 'when' in act.to ? momentOf(act.to) : undefined)
    case 'pause':
      return did.pause(what, done[0]!.title)
    default:
      return did[act.kind](what, due)
  }
}

function* tellHistory(item: Item, memory: Memory, said: Said): Steps<Reply> {
  const t = textsOf(said)
  const output = yield* callOne('audit_trail', { task_id: item.id, limit: 10 })
  const records = output.is === 'done' && Array.isArray(output.value.records) ? output.value.records : undefined
  if (!records) return { text: t.couldNotLook(output.is === 'failed' ? output.reason : t.unreadable), memory }
  const lines = records.flatMap((record) => {
    const { type, time, changed } = (record ?? {}) as { type?: unknown; time?: unknown; changed?: object }
    if (typeof type !== 'string' || typeof time !== 'string') return []
    const fields = Object.keys(changed ?? {}).map((field) => field.replaceAll('_', ' '))
    const what = t.events[type] ?? type.replace(/^task\./, '').replaceAll(/[._]/g, ' ')
    return `- ${timeInWords(time, said)}: ${what}${fields.length > 0 ? ` (${fields.join(', ')})` : ''}`
  })
  const text =
    lines.length > 0 ? `${t.history(lineOf(item, said))}\n${lines.join('\n')}` : t.noHistory(quoted(item.title))
  return { text, memory }
}
