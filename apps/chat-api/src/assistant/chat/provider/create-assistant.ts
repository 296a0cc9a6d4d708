import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import type { LanguageModelV4 } from '@ai-sdk/provider'
import { createInterpreter } from '@taskflow/interpreter'
import type { Clock } from '@taskflow/service-kit'
import { wrapLanguageModel } from 'ai'
import type { ChatSettings } from '../settings.ts'
import { guardedFetch } from './guarded-fetch.ts'
import { retryEarly } from './retry-early.ts'

/** Who replies in the chat. */
export interface Assistant {
  model: LanguageModelV4
  kind: 'model' | 'interpreter'
}

/**
 * The language model of an OpenAI-compatible API, or without one the interpreter, which the AI SDK takes for a model
 * too.
 */
export const createAssistant = (settings: ChatSettings, clock: Clock): Assistant => {
  const { OPENAI_BASE_URL: baseURL, OPENAI_API_KEY: apiKey, OPENAI_MODEL: name, CHAT_SILENCE_SECONDS } = settings
  if (!baseURL || !apiKey || !name) return { model: createInterpreter({ clock }), kind: 'interpreter' }
  const provider = createOpenAICompatible({
    name: 'openai',
    baseURL,
    apiKey,
    includeUsage: true,
    fetch: guardedFetch(CHAT_SILENCE_SECONDS * 1_000),
  })
  return { model: wrapLanguageModel({ model: provider(name), middleware: retryEarly }), kind: 'model' }
}
