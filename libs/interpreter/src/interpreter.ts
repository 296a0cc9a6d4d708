import type { LanguageModelV4, LanguageModelV4CallOptions, LanguageModelV4Content } from '@ai-sdk/provider'
import { type Memory, nothing } from './answer/memory.ts'
import { answerTo } from './answer/respond.ts'
import { callId, readContext, readTurns, saidAt, type ToolCall, type Turn } from './conversation.ts'
import { languageOf } from './grammar/language-of.ts'
import type { Language, Said, Speaker } from './grammar/said.ts'
import { textsOf } from './texts/texts-of.ts'

/**
 * A deterministic `LanguageModel` of the AI SDK: it replies by a fixed grammar and calls the tools it is given. It is
 * stateless: each call reads the conversation again, turn by turn, with the recorded outputs of the tools. The system
 * message ends with a block ```context {"now", "time_zone", "locale", "reminder_time"}.
 */
export const createInterpreter = ({ clock = { now: () => Temporal.Now.instant() } } = {}): LanguageModelV4 => ({
  specificationVersion: 'v4',
  provider: 'taskflow',
  modelId: 'interpreter',
  supportedUrls: {},
  doGenerate: async (options) => {
    const content = nextStep(options, () => clock.now())
    return { content, finishReason: finishOf(content), usage, warnings: [] }
  },
  doStream: async (options) => {
    const content = nextStep(options, () => clock.now())
    return {
      stream: new ReadableStream({
        start(controller) {
          controller.enqueue({ type: 'stream-start', warnings: [] })
          for (const part of content) {
            if (part.type === 'text') {
              controller.enqueue({ type: 'text-start', id: 'text' })
              for (const delta of part.text.match(/.*\n|.+$/g) ?? [])
                controller.enqueue({ type: 'text-delta', id: 'text', delta })
              controller.enqueue({ type: 'text-end', id: 'text' })
            } else if (part.type === 'tool-call') {
              const id = part.toolCallId
              controller.enqueue({ type: 'tool-input-start', id, toolName: part.toolName })
              controller.enqueue({ type: 'tool-input-delta', id, delta: part.input })
              controller.enqueue({ type: 'tool-input-end', id })
              controller.enqueue(part)
            }
          }
          controller.enqueue({ type: 'finish', finishReason: finishOf(content), usage })
          controller.close()
        },
      }),
    }
  },
})

const usage = {
  inputTokens: { total: 0, noCache: 0, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 0, text: 0, reasoning: 0 },
}

const finishOf = (content: LanguageModelV4Content[]) => ({
  unified: content.some(({ type }) => type === 'tool-call') ? ('tool-calls' as const) : ('stop' as const),
  raw: undefined,
})

/** Number of earlier turns that are read. */
const maxTurns = 8

/** The next tool calls, or the reply. */
const nextStep = (
  { prompt, tools = [], toolChoice }: LanguageModelV4CallOptions,
  now: () => Temporal.Instant,
): LanguageModelV4Content[] => {
  const speaker = readContext(prompt, now)
  const turns = readTurns(prompt)
  const current = turns.at(-1) ?? { text: '', calls: [], hasAnswer: false }
  let memory: Memory = nothing
  let language: Language | undefined
  for (const turn of turns.slice(-maxTurns, -1)) {
    const said = saidIn(turn, speaker, language)
    language = said.language
    memory = remember(turn, memory, said)
  }
  const said = saidIn(current, speaker, language)
  const { introduction, notAvailable } = textsOf(said)
  const { calls, text } = replay(current, memory, said)
  if (!calls) {
    const isFirst = !turns.slice(0, -1).some(({ hasAnswer }) => hasAnswer)
    return [{ type: 'text', text: isFirst && !text.startsWith(introduction) ? `${introduction}\n\n${text}` : text }]
  }
  const isAvailable = (tool: string) => toolChoice?.type !== 'none' && tools.some(({ name }) => name === tool)
  const missing = calls.find(({ tool }) => !isAvailable(tool))
  if (missing) return [{ type: 'text', text: notAvailable(missing.tool) }]
  const before = turns.reduce((count, turn) => count + turn.calls.length, 0)
  return calls.map(({ tool, input }, index) => ({
    type: 'tool-call',
    toolCallId: callId(saidAt(current) ?? said.now, before + index),
    toolName: tool,
    input: JSON.stringify(input),
  }))
}

/** A turn in its language, at its time. */
const saidIn = (turn: Turn, speaker: Speaker, before: Language | undefined): Said =>
  languageOf(turn.text, { ...speaker, now: saidAt(turn) ?? speaker.now }, before)

/** Memory after an earlier turn; nothing when it was cut off. */
const remember = (turn: Turn, memory: Memory, said: Said): Memory => replay(turn, memory, said).memory ?? nothing

/** Replays a turn with the recorded outputs of its tools: returns the next calls, or the reply. */
const replay = (
  turn: Turn,
  memory: Memory,
  said: Said,
): { calls: ToolCall[]; text?: never; memory?: never } | { calls?: never; text: string; memory: Memory } => {
  const answer = answerTo(turn.text, memory, said)
  let step = answer.next()
  for (let at = 0; !step.done; ) {
    const calls = step.value
    const answered = turn.calls.slice(at, at + calls.length)
    if (answered.length === 0) return { calls }
    // Another model, or another version of this one, made these calls.
    if (answered.some(({ tool }, index) => tool !== calls[index]!.tool) || answered.length < calls.length)
      return { text: textsOf(said).outOfStep, memory: nothing }
    at += calls.length
    step = answer.next(answered.map(({ output }) => output))
  }
  return step.value
}
