import type { LanguageModelV4Prompt } from '@ai-sdk/provider'
import { createInterpreter } from '../src/index.ts'

export interface WorldTask {
  id: string
  title: string
  due_date: string | null
  due_on: string | null
  time_zone: string
  is_completed: boolean
  recurrence_rule: string | null
  tags: string[]
  category: string | null
  priority: string
  reminders: { id: string; type: string; offset: string | null; at: string | null; state: string }[]
}

// biome-ignore lint/suspicious/noExplicitAny: each tool takes another input
export type Input = Record<string, any>

export interface Call {
  tool: string
  input: Input
}

export const task = (title: string, fields: Partial<WorldTask> = {}): WorldTask => ({
  id: `id of ${title}`,
  title,
  due_date: null,
  due_on: null,
  time_zone: 'Europe/Berlin',
  is_completed: false,
  recurrence_rule: null,
  tags: [],
  category: null,
  priority: 'medium',
  reminders: [],
  ...fields,
})

/** The catalogue's tools on tasks in memory, as far as the tests need them, with confirmations like the chat's. */
export const createWorld = (
  tasks: WorldTask[],
  { now = '2026-11-21T10:00:00Z', time_zone = 'Europe/Berlin', locale = 'en', reminder_time = '09:00' } = {},
) => {
  const calls: Call[] = []
  const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  const isIn = (each: WorldTask, state: string) => state === 'all' || each.is_completed === (state === 'completed')
  const page = (found: unknown[], { limit = 20, cursor = '0' }: Input) => {
    const end = Number(cursor) + limit
    return { page: found.slice(Number(cursor), end), next_cursor: end < found.length ? String(end) : null }
  }
  const series = () =>
    tasks
      .filter(({ recurrence_rule }) => recurrence_rule)
      .map(({ id, title, recurrence_rule, due_date, due_on, category }) => ({
        id: `series of ${id}`,
        title,
        rule: recurrence_rule,
        time_zone,
        start_on: due_on,
        next_occurrence:
          category === 'paused'
            ? null
            : (due_date ??
              (due_on && Temporal.PlainDate.from(due_on).toZonedDateTime(time_zone).toInstant().toString())),
        is_active: category !== 'paused',
      }))
  /** A date alone is a day, and keeps the time of a task that has one. */
  const due = (value: string | null, before?: WorldTask) => {
    if (value?.length !== 10) return { due_date: value, due_on: null }
    if (!before?.due_date) return { due_date: null, due_on: value }
    const plainTime = Temporal.Instant.from(before.due_date).toZonedDateTimeISO(time_zone).toPlainTime()
    const kept = Temporal.PlainDate.from(value).toZonedDateTime({ timeZone: time_zone, plainTime })
    return { due_date: kept.toInstant().toString(), due_on: null }
  }
  const changed = (ids: string[], change: (each: WorldTask, index: number) => void) => {
    const results = ids.map((id, index) => {
      const found = tasks.find((each) => each.id === id)
      if (!found) return { id, status: 'refused', reason: 'there is no such task' }
      change(found, index)
      return { id, status: 'done', task: { ...found } }
    })
    const done = results.filter(({ status }) => status === 'done').length
    return { results, done, refused: results.length - done }
  }
  const waiting = (summary: string) => ({ status: 'waiting_for_confirmation', action_id: 'a', summary })
  const tools: Record<string, (input: Input) => unknown> = {
    search: ({ query, state = 'open', ...paging }) => {
      const open = tasks.filter((each) => isIn(each, state))
      const exact = open.filter(({ title }) =>
        words(query).every((word) =>
          words(title).some((own) => own === word || (word.length > 2 && own.startsWith(word))),
        ),
      )
      const alike = open.filter(({ title }) =>
        words(query).some((word) => word.length > 3 && title.toLowerCase().includes(word.slice(0, 4))),
      )
      const found = page(exact.length > 0 ? exact : alike, paging)
      return { tasks: found.page, next_cursor: found.next_cursor, is_fuzzy: exact.length === 0 }
    },
    find_tasks: ({ state = 'open', overdue, tags, category, priority, due_after, due_before, ...paging }) => {
      const instant = (local: string) => Temporal.PlainDateTime.from(local).toZonedDateTime(time_zone).toInstant()
      const before = (a: string | null, b: Temporal.Instant) => a !== null && Temporal.Instant.compare(a, b) < 0
      const found = page(
        tasks.filter(
          (each) =>
            isIn(each, state) &&
            (!overdue || before(each.due_date, Temporal.Instant.from(now))) &&
            (!tags || tags.every((tag: string) => each.tags.includes(tag))) &&
            (!category || each.category === category) &&
            (!priority || each.priority === priority) &&
            (!due_after || (each.due_date !== null && !before(each.due_date, instant(due_after)))) &&
            (!due_before || before(each.due_date, instant(due_before))),
        ),
        paging,
      )
      return { tasks: found.page, next_cursor: found.next_cursor }
    },
    agenda: ({ range }) => {
      const dated = tasks.filter(({ due_date, is_completed }) => due_date && !is_completed)
      const isPast = ({ due_date }: WorldTask) => Temporal.Instant.compare(due_date!, now) < 0
      return {
        overdue: range === 'tomorrow' ? [] : dated.filter(isPast),
        due: range === 'overdue' ? [] : dated.filter((each) => !isPast(each)),
        is_complete: true,
      }
    },
    add_tasks: ({ tasks: wishes }) => {
      if (wishes.length > 5) return waiting(`add ${wishes.length} tasks`)
      const results = wishes.map((wish: Input) => {
        const added = task(wish.title, { ...wish, ...due(wish.due_date ?? null) })
        tasks.push(added)
        return { id: added.id, status: 'done', task: added }
      })
      return { results, done: results.length, refused: 0 }
    },
    complete_tasks: ({ ids }) =>
      ids.length > 1
        ? waiting(`complete ${ids.length} tasks`)
        : changed(ids, (each) => Object.assign(each, { is_completed: true })),
    reopen: ({ ids }) => changed(ids, (each) => Object.assign(each, { is_completed: false })),
    delete_tasks: ({ ids }) => waiting(`delete ${ids.length}`),
    restore_tasks: ({ ids }) => changed(ids, () => {}),
    reschedule: ({ moves }) =>
      moves.length > 1
        ? waiting(`move ${moves.length} tasks`)
        : changed(
            moves.map(({ id }: { id: string }) => id),
            (each, index) => Object.assign(each, due(moves[index].due_date, each)),
          ),
    update_tasks: ({ updates }) =>
      changed(
        updates.map(({ id }: { id: string }) => id),
        (each, index) => {
          const { due_date, ...others } = updates[index].changes
          Object.assign(each, others, due_date ? due(due_date, each) : {})
        },
      ),
    add_reminder: ({ id, reminder }) =>
      changed([id], (each) => each.reminders.push({ id: 'r', offset: null, at: null, state: 'pending', ...reminder })),
    snooze: ({ id }) => changed([id], () => {}),
    list_recurring: ({ is_active, ...paging }) => {
      const found = page(
        series().filter((each) => is_active === undefined || each.is_active === is_active),
        paging,
      )
      return { series: found.page, next_cursor: found.next_cursor }
    },
    pause_series: ({ series_id }) => ({ series: { ...series().find(({ id }) => id === series_id), is_active: false } }),
    resume_series: ({ series_id }) => ({ series: { ...series().find(({ id }) => id === series_id), is_active: true } }),
    preview_recurrence: ({ start, time_zone: zone, rule, pattern }) => ({
      description: rule ?? pattern,
      occurrences: [
        { local: start, utc: Temporal.PlainDateTime.from(start).toZonedDateTime(zone).toInstant().toString() },
      ],
    }),
    audit_trail: () => ({
      records: [{ event_id: 'e', type: 'task.created', time: now, changed: {} }],
      next_cursor: null,
    }),
  }
  const system = `Be kind.\n\n\`\`\`context\n${JSON.stringify({ now, time_zone, locale, reminder_time })}\n\`\`\``
  const run = ({ tool, input }: Call): unknown => {
    calls.push({ tool, input })
    return tools[tool]!(input)
  }
  return { tasks, calls, tools, run, system }
}
export type World = ReturnType<typeof createWorld>

/** A conversation with the interpreter itself, without the AI SDK: returns the answer to each text. */
export const createConversation = (world: World) => {
  const interpreter = createInterpreter()
  const prompt: LanguageModelV4Prompt = [{ role: 'system', content: world.system }]
  const tools = Object.keys(world.tools).map((name) => ({ type: 'function' as const, name, inputSchema: {} }))
  return async (text: string): Promise<string> => {
    prompt.push({ role: 'user', content: [{ type: 'text', text }] })
    for (let step = 0; step < 8; step++) {
      const { content } = await interpreter.doGenerate({ prompt, tools })
      const calls = content.filter((part) => part.type === 'tool-call')
      prompt.push({
        role: 'assistant',
        content: content.flatMap((part) =>
          part.type === 'text' ? part : part.type === 'tool-call' ? { ...part, input: JSON.parse(part.input) } : [],
        ),
      })
      if (calls.length === 0) return content.map((part) => (part.type === 'text' ? part.text : '')).join('')
      prompt.push({
        role: 'tool',
        content: calls.map(({ toolCallId, toolName, input }) => ({
          type: 'tool-result',
          toolCallId,
          toolName,
          output: {
            type: 'json',
            value: JSON.parse(JSON.stringify(world.run({ tool: toolName, input: JSON.parse(input) }))),
          },
        })),
      })
    }
    throw new Error(`no answer to "${text}" within eight steps`)
  }
}
