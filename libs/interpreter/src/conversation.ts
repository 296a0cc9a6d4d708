import type { LanguageModelV4Prompt, LanguageModelV4ToolResultPart } from '@ai-sdk/provider'
import type { Speaker } from './grammar/said.ts'

export interface ToolCall {
  tool: string
  input: Record<string, unknown>
}

/** Outcome of a tool call. */
export type Output =
  | { is: 'done'; value: Record<string, unknown> }
  | { is: 'waiting'; summary: string }
  | { is: 'failed'; reason: string }

/** A message of the user, and what the assistant has done about it so far. */
export interface Turn {
  text: string
  /** The tool calls in order, with their outputs. */
  calls: { id: string; tool: string; output: Output }[]
  hasAnswer: boolean
}

/** The turns of a conversation, the current one last. Only text of the user is read for commands. */
export const readTurns = (prompt: LanguageModelV4Prompt): Turn[] => {
  const turns: Turn[] = []
  for (const message of prompt) {
    if (message.role === 'user') {
      const text = message.content.map((part) => (part.type === 'text' ? part.text : '')).join(' ')
      turns.push({ text, calls: [], hasAnswer: false })
    } else if (message.role !== 'system') {
      const turn = turns.at(-1)
      if (!turn) continue
      for (const part of message.content) {
        if (part.type === 'text' && part.text.trim() !== '') turn.hasAnswer = true
        if (part.type === 'tool-call')
          turn.calls.push({ id: part.toolCallId, tool: part.toolName, output: notAnswered })
        if (part.type === 'tool-result') {
          const call = turn.calls.findLast(({ id }) => id === part.toolCallId)
          if (call) call.output = readOutput(part.output)
        }
      }
    }
  }
  return turns
}

const notAnswered: Output = { is: 'failed', reason: 'it was not answered' }

const readOutput = (output: LanguageModelV4ToolResultPart['output']): Output => {
  // The AI SDK prefixes the name of the error.
  if (output.type === 'error-text') return { is: 'failed', reason: output.value.replace(/^\w*Error: /, '') }
  if (output.type === 'execution-denied') return { is: 'failed', reason: output.reason ?? 'it was not allowed' }
  const value = output.type === 'json' || output.type === 'error-json' ? output.value : parsed(output)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { is: 'failed', reason: 'its answer could not be read' }
  const { status, summary, detail, error, message, output: confirmed } = value as Record<string, unknown>
  if (output.type === 'error-json')
    return { is: 'failed', reason: [detail, message, error].find((each) => typeof each === 'string') ?? 'it failed' }
  if (status === 'waiting_for_confirmation')
    return { is: 'waiting', summary: typeof summary === 'string' ? summary : '' }
  if (status === 'cancelled' || status === 'expired') return { is: 'failed', reason: `it is ${status}` }
  // The output of a confirmed call is nested.
  const answer = status === 'confirmed' ? (confirmed ?? {}) : value
  return { is: 'done', value: answer as Record<string, unknown> }
}

const parsed = (output: LanguageModelV4ToolResultPart['output']): unknown => {
  const text =
    output.type === 'text'
      ? output.value
      : output.type === 'content'
        ? output.value.map((part) => (part.type === 'text' ? part.text : '')).join('')
        : ''
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Time, time zone, locale and reminder time of the user, from the last ```context block of the system messages. */
export const readContext = (prompt: LanguageModelV4Prompt, now: () => Temporal.Instant): Speaker => {
  const system = prompt.flatMap((message) => (message.role === 'system' ? message.content : [])).join('\n')
  const block = [...system.matchAll(/```context\s*\n(.*?)\n\s*```/gs)].at(-1)?.[1]
  const given = parsed({ type: 'text', value: block ?? '' }) as Record<string, unknown> | undefined
  return {
    now: valid(() => Temporal.Instant.from(String(given?.now))) ?? now(),
    time_zone: valid(() => now().toZonedDateTimeISO(String(given?.time_zone)).timeZoneId) ?? 'UTC',
    locale: typeof given?.locale === 'string' ? given.locale : 'en',
    reminder_time: valid(() => Temporal.PlainTime.from(String(given?.reminder_time)).toString().slice(0, 5)) ?? '09:00',
  }
}

const valid = <Value>(read: () => Value): Value | undefined => {
  try {
    return read()
  } catch {
    return undefined
  }
}

/** Ids of calls hold the time of their turn, so that "tomorrow" keeps its meaning when the turn is read again. */
export const callId = (now: Temporal.Instant, index: number): string =>
  `call_${Math.floor(now.epochMilliseconds / 1_000)}_${index}`

export const saidAt = ({ calls }: Turn): Temporal.Instant | undefined => {
  const seconds = /^call_(\d{1,11})_\d+$/.exec(calls[0]?.id ?? '')?.[1]
  return seconds === undefined ? undefined : Temporal.Instant.fromEpochMilliseconds(Number(seconds) * 1_000)
}
