import { z } from 'zod'
import type { TokenBudget } from './token-budget.ts'

const seconds = z.coerce.number().positive()
const count = z.coerce.number().int().min(1)
const daily = z.coerce.number().int().min(0)

/** This machine: nothing that is sent there can be read on the way. */
const local = new Set(['localhost', '127.0.0.1', '[::1]'])

/** The chat's environment variables. */
export const chatSettings = {
  /** The language model's API, such as https://api.openai.com/v1; without it the interpreter replies. */
  OPENAI_BASE_URL: z
    .url()
    .refine((url) => url.startsWith('https:') || local.has(new URL(url).hostname), 'must be https: the key goes there')
    .optional(),
  OPENAI_API_KEY: z.string().optional(),
  OPENAI_MODEL: z.string().optional(),
  /** How long a conversation is kept after its last message. */
  CHAT_MEMORY_DAYS: count.default(30),
  /** How long the model may be silent, before its response and within it. */
  CHAT_SILENCE_SECONDS: seconds.default(30),
  /** How long a reply may take, with all its steps. */
  CHAT_TURN_SECONDS: seconds.default(120),
  /** How much the model may write in a step, and read and write in a turn. */
  CHAT_STEP_TOKENS: count.default(2_000),
  CHAT_TURN_TOKENS: count.default(100_000),
  /** How much the model may read and write on a day (UTC), for one person and for all together; 0: no limit. */
  CHAT_TOKENS_PER_DAY: daily.default(500_000),
  CHAT_TOKENS_PER_DAY_IN_ALL: daily.default(20_000_000),
}

export type ChatSettings = z.infer<z.ZodObject<typeof chatSettings>>

const modelVariables = ['OPENAI_BASE_URL', 'OPENAI_API_KEY', 'OPENAI_MODEL']

/** The problems of a configuration that sets only some of the model's variables. */
export const incompleteModel = (env: Record<string, string | undefined>): string[] => {
  const missing = modelVariables.filter((name) => !env[name])
  return missing.length === modelVariables.length
    ? []
    : missing.map((name) => `${name} is not set: ${modelVariables.join(', ')} belong together`)
}

/** The limits of a reply. */
export interface ChatLimits {
  silenceMs: number
  turnMs: number
  stepTokens: number
  turnTokens: number
  budget: TokenBudget
}

export const chatLimitsOf = (settings: ChatSettings): ChatLimits => ({
  silenceMs: settings.CHAT_SILENCE_SECONDS * 1_000,
  turnMs: settings.CHAT_TURN_SECONDS * 1_000,
  stepTokens: settings.CHAT_STEP_TOKENS,
  turnTokens: settings.CHAT_TURN_TOKENS,
  budget: { ofPerson: settings.CHAT_TOKENS_PER_DAY, inAll: settings.CHAT_TOKENS_PER_DAY_IN_ALL },
})
