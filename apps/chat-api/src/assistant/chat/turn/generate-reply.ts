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
import type { AssistantDeps } from '../../deps.ts'
import type { ChatMessage, MessageMetadata } from '../messages.ts'
import { explainFailure } from '../provider/explain-failure.ts'
import { ResponseTooLong } from '../provider/guarded-fetch.ts'
import { systemPromptFor } from './system-prompt.ts'
import { createTurnTools, type ToolsTurn } from './turn-tools.ts'

const maxSteps = 8
/** Of text and of calls, in one turn. */
const maxCharacters = 100_000

/** The chunks that the user gets. Links, files and sources of a model are neither fetched nor shown. */
const shownTypes = new Set([
  ...['start-step', 'finish-step', 'text-start', 'text-delta', 'text-end'],
  ...['tool-input-start', 'tool-input-delta', 'tool-input-available', 'tool-input-error'],
  ...['tool-output-available', 'tool-output-error'],
])

type Chunk = InferUIMessageChunk<ChatMessage>
type Writer = UIMessageStreamWriter<ChatMessage>
type TurnTools = ReturnType<typeof createTurnTools>

/** A turn that is ready for the model. */
interface ReadyTurn {
  turn: Omit<ToolsTurn, 'show'>
  metadata: MessageMetadata
  person: UserRow
  prompt: ModelMessage[]
  /** Aborted when the turn is cancelled or out of time. */
  signal: AbortSignal
  /** Gets the tokens of each step that the model has ended, and of one that it has not. */
  countTokens(tokens: number): void
  /** Gets the whole reply before its last chunk is streamed. */
  save(message: ChatMessage): Promise<void>
}

/**
 * Has the model reply, with its tools, within the limits of a turn. A failure becomes a sentence, after which the reply
 * ends like any other.
 */
export const generateReply = (deps: AssistantDeps, ready: ReadyTurn): ReadableStream<Chunk> =>
  createUIMessageStream<ChatMessage>({
    originalMessages: [],
    generateId: () => ready.turn.id,
    execute: async ({ writer }) => {
      const { turn, metadata } = ready
      const turnTools = createTurnTools(deps, {
        ...turn,
        show: (data) => writer.write({ type: 'data-action', id: data.id, data }),
      })
      writer.write({ type: 'start', messageId: turn.id, messageMetadata: metadata })
      const { failure, ending } = await streamModel(deps, ready, turnTools, writer)
      // Calls that have begun are finished or rolled back before the reply says anything about them.
      await turnTools.settled()
      if (failure !== undefined) {
        const { reason, status, sentence } = explainFailure(failure)
        const { correlationid: correlation_id } = turn.caller.origin
        deps.log.warn('the chat got no answer', { reason, status, correlation_id })
        const done = turnTools.changes() === 0 ? 'nothing was changed' : 'what is shown as done stays and can be undone'
        say(writer, `${sentence}; ${done}.${reason === 'key' ? '' : ' Try again in a minute.'}`)
      } else if (ending) say(writer, ending)
      writer.write({ type: 'finish', finishReason: failure === undefined ? 'stop' : 'error' })
    },
    onEnd: ({ responseMessage }) => ready.save(responseMessage),
  })

/** Streams the model's texts and calls; returns what went wrong, or a sentence that is still to be said. */
const streamModel = async (
  { assistant, clock, chatLimits }: AssistantDeps,
  { person, prompt, signal, countTokens }: ReadyTurn,
  turnTools: TurnTools,
  writer: Writer,
): Promise<{ failure?: unknown; ending?: string | undefined }> => {
  let failure: unknown
  let tokens = 0
  let last: { finishReason: string } | undefined
  const ended = new AbortController()
  const result = streamText({
    model: assistant.model,
    instructions: systemPromptFor(person, clock.now()),
    messages: prompt,
    tools: turnTools.tools,
    toolCallConcurrency: 1,
    maxOutputTokens: chatLimits.stepTokens,
    maxRetries: 0,
    timeout: { firstChunkMs: chatLimits.silenceMs, chunkMs: chatLimits.silenceMs },
    stopWhen: [isStepCount(maxSteps), () => tokens >= chatLimits.turnTokens],
    abortSignal: AbortSignal.any([signal, ended.signal]),
    telemetry: { isEnabled: false },
    // A model may name the address of a file: nothing is fetched.
    experimental_download: async (files) => {
      if (files.length > 0) throw new Error('a file was to be fetched')
      return []
    },
    prepareStep: () => {
      turnTools.beginStep()
      return undefined
    },
    onStepEnd: (step) => {
      // A provider that does not say is taken to have used what a step may write.
      const used = step.usage.totalTokens ?? chatLimits.stepTokens
      tokens += used
      countTokens(used)
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
      if (!shownTypes.has(chunk.type)) continue
      if (chunk.type === 'text-delta') characters += chunk.delta.length
      if (chunk.type === 'tool-input-delta') characters += chunk.inputTextDelta.length
      if (characters > maxCharacters) throw new ResponseTooLong(`more than ${maxCharacters} characters`)
      hasText ||= chunk.type === 'text-delta' && chunk.delta.trim() !== ''
      open.note(chunk)
      writer.write(withoutProviderMetadata(chunk))
    }
  } catch (error) {
    failure ??= error
  } finally {
    ended.abort()
  }
  open.close()
  if (failure !== undefined) {
    countTokens(chatLimits.stepTokens)
    return { failure }
  }
  if (last?.finishReason === 'tool-calls')
    return { ending: 'I stop here: this took many steps. Tell me to go on if I should.' }
  if (last?.finishReason === 'length') return { ending: '(The answer was longer than allowed and ends here.)' }
  if (last?.finishReason === 'content-filter') return { ending: '(The language model would not go on with this.)' }
  return hasText ? {} : { failure: new Error('nothing was said') }
}

/** Users do not get what providers add to their chunks. */
const withoutProviderMetadata = (chunk: Chunk): Chunk => {
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

/** Closes what a broken reply has left open: texts, and calls that were never run. */
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
