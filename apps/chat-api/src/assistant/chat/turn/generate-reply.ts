import type { UserRow } from '@taskflow/database'
import {
  createUIMessageStream,
  type InferUIMessageChunk,
  isStepCount,
  type ModelMessage,
  streamText,
  toUIMessageStream,
  type UIMessageStreamWriter,
} from 'ai'
import type { AssistantDeps } from '../deps.ts'
import { instructionsFor } from './instructions.ts'
import type { ChatMessage, MessageFacts } from './messages.ts'
import { explainFailure } from './provider/explain-failure.ts'
import { TooLong } from './provider/guarded-fetch.ts'
import type { createTurnTools } from './turn-tools.ts'

const mostSteps = 8
/** Of text and of calls, in one turn. */
const mostCharacters = 100_000

/** What goes to the person. Nothing that a model says is a link, a file or a source: none is fetched, none is shown. */
const passed = new Set([
  ...['start-step', 'finish-step', 'text-start', 'text-delta', 'text-end'],
  ...['tool-input-start', 'tool-input-delta', 'tool-input-available', 'tool-input-error'],
  ...['tool-output-available', 'tool-output-error'],
])

type Chunk = InferUIMessageChunk<ChatMessage>
type Writer = UIMessageStreamWriter<ChatMessage>

/** A turn that is ready to be answered. */
export interface Answering {
  id: string
  facts: MessageFacts
  person: UserRow
  prompt: ModelMessage[]
  turnTools: ReturnType<typeof createTurnTools>
  correlation_id: string
  /** Gives up. */
  signal: AbortSignal
}

/**
 * Has the model answer, with its tools, within the limits of a turn. Whatever goes wrong is said in a sentence and the
 * answer ends as any other. `store` gets the whole of it before the last chunk.
 */
export const streamAnswer = (
  deps: AssistantDeps,
  answering: Answering,
  { onWriter, store }: { onWriter(writer: Writer): void; store(message: ChatMessage): Promise<void> },
): ReadableStream<Chunk> =>
  createUIMessageStream<ChatMessage>({
    originalMessages: [],
    generateId: () => answering.id,
    execute: async ({ writer }) => {
      onWriter(writer)
      const { id, facts, turnTools, correlation_id } = answering
      writer.write({ type: 'start', messageId: id, messageMetadata: facts })
      const { failure, ending } = await answer(deps, answering, writer)
      // What the model has begun is finished or rolled back before anything is said of it.
      await turnTools.settled()
      if (failure !== undefined) {
        const { reason, status, sentence } = explainFailure(failure)
        deps.log.warn('the chat got no answer', { reason, status, correlation_id })
        const done = turnTools.changes() === 0 ? 'nothing was changed' : 'what is shown as done stays and can be undone'
        say(writer, `${sentence}; ${done}.${reason === 'key' ? '' : ' Try again in a minute.'}`)
      } else if (ending) say(writer, ending)
      writer.write({ type: 'finish', finishReason: failure === undefined ? 'stop' : 'error' })
    },
    onEnd: ({ responseMessage }) => store(responseMessage),
  })

/** Writes what the model says and what its tools answer; answers what went wrong, or what is left to be said. */
const answer = async (
  { assistant, clock, chatLimits }: AssistantDeps,
  { person, prompt, turnTools, signal }: Answering,
  writer: Writer,
): Promise<{ failure?: unknown; ending?: string | undefined }> => {
  let failure: unknown
  let tokens = 0
  let last: { finishReason: string } | undefined
  const ended = new AbortController()
  const result = streamText({
    model: assistant.model,
    instructions: instructionsFor(person, clock.now()),
    messages: prompt,
    tools: turnTools.tools,
    toolCallConcurrency: 1,
    maxOutputTokens: chatLimits.stepTokens,
    maxRetries: 0,
    timeout: { firstChunkMs: chatLimits.silenceMs, chunkMs: chatLimits.silenceMs },
    stopWhen: [isStepCount(mostSteps), () => tokens >= chatLimits.turnTokens],
    abortSignal: AbortSignal.any([signal, ended.signal]),
    telemetry: { isEnabled: false },
    // A model may answer with the address of a file: nothing is fetched.
    experimental_download: async (files) => {
      if (files.length > 0) throw new Error('a file was to be fetched')
      return []
    },
    prepareStep: () => {
      turnTools.beginStep()
      return undefined
    },
    onStepEnd: (step) => {
      tokens += step.usage.totalTokens ?? 0
      last = step
    },
    onError: ({ error }) => {
      failure ??= error
    },
    onAbort: ({ reason }) => {
      failure ??= reason
    },
  })
  const open = openParts(writer)
  let characters = 0
  let hasText = false
  try {
    const chunks = toUIMessageStream<typeof turnTools.tools, ChatMessage>({
      stream: result.stream,
      tools: turnTools.tools,
      sendReasoning: false,
      sendStart: false,
      sendFinish: false,
      redactToolErrors: false,
      onError: () => 'failed',
    })
    for await (const chunk of chunks) {
      if (chunk.type === 'error' || chunk.type === 'abort') {
        failure ??= new Error(chunk.type)
        break
      }
      if (!passed.has(chunk.type)) continue
      if (chunk.type === 'text-delta') characters += chunk.delta.length
      if (chunk.type === 'tool-input-delta') characters += chunk.inputTextDelta.length
      if (characters > mostCharacters) throw new TooLong(`more than ${mostCharacters} characters`)
      hasText ||= chunk.type === 'text-delta' && chunk.delta.trim() !== ''
      open.note(chunk)
      writer.write(withoutSecrets(chunk))
    }
  } catch (error) {
    failure ??= error
  } finally {
    ended.abort()
  }
  open.close()
  if (failure !== undefined) return { failure }
  if (last?.finishReason === 'tool-calls')
    return { ending: 'I stop here: this took many steps. Tell me to go on if I should.' }
  if (last?.finishReason === 'length') return { ending: '(The answer was longer than allowed and ends here.)' }
  if (last?.finishReason === 'content-filter') return { ending: '(The language model would not go on with this.)' }
  return hasText ? {} : { failure: new Error('nothing was said') }
}

/** What providers add to their chunks is nobody's business. */
const withoutSecrets = (chunk: Chunk): Chunk => {
  if (!('providerMetadata' in chunk)) return chunk
  const { providerMetadata: _, ...rest } = chunk
  return rest as Chunk
}

const say = (writer: Writer, text: string): void => {
  const id = crypto.randomUUID()
  writer.write({ type: 'text-start', id })
  writer.write({ type: 'text-delta', id, delta: text })
  writer.write({ type: 'text-end', id })
}

/** Closes what a broken answer has left open: texts, and calls that were never run. */
const openParts = (writer: Writer) => {
  const texts = new Set<string>()
  const calls = new Map<string, { toolName: string; input: unknown }>()
  return {
    note: (chunk: Chunk): void => {
      if (chunk.type === 'text-start') texts.add(chunk.id)
      if (chunk.type === 'text-end') texts.delete(chunk.id)
      if (chunk.type === 'tool-input-start') calls.set(chunk.toolCallId, { toolName: chunk.toolName, input: {} })
      if (chunk.type === 'tool-input-available')
        calls.set(chunk.toolCallId, { toolName: chunk.toolName, input: chunk.input })
      if (['tool-input-error', 'tool-output-available', 'tool-output-error'].includes(chunk.type))
        calls.delete((chunk as { toolCallId: string }).toolCallId)
    },
    close: (): void => {
      for (const id of texts) writer.write({ type: 'text-end', id })
      for (const [toolCallId, call] of calls)
        writer.write({ type: 'tool-input-error', toolCallId, ...call, errorText: 'this was not run' })
    },
  }
}
