import { z } from 'zod'

const seconds = z.coerce.number().positive()
const count = z.coerce.number().int().min(1)

/** Of this machine: what is sent there leaves it for nobody. */
const local = new Set(['localhost', '127.0.0.1', '[::1]'])

/** What the environment may say about the chat. */
export const chatSettings = {
  /** Where the language model is, such as https://api.openai.com/v1; without it the interpreter answers. */
  OPENAI_BASE_URL: z
    .url()
    .refine((url) => url.startsWith('https:') || local.has(new URL(url).hostname), 'must be https: the key goes there')
    .optional(),
  OPENAI_API_KEY: z.string().optional(),
  OPENAI_MODEL: z.string().optional(),
  /** A conversation is forgotten this long after its last message. */
  CHAT_MEMORY_DAYS: count.default(30),
  /** How long the model may be silent: before its answer and within it. */
  CHAT_SILENCE_SECONDS: seconds.default(30),
  /** How long an answer may take, with all its steps. */
  CHAT_TURN_SECONDS: seconds.default(120),
  /** How much the model may write in a step, and read and write in a turn. */
  CHAT_STEP_TOKENS: count.default(2_000),
  CHAT_TURN_TOKENS: count.default(100_000),
}

export type ChatSettings = z.infer<z.ZodObject<typeof chatSettings>>

const together = ['OPENAI_BASE_URL', 'OPENAI_API_KEY', 'OPENAI_MODEL']

/** What is wrong when only a part of what belongs together is there. */
export const halfAModel = (env: Record<string, string | undefined>): string[] => {
  const missing = together.filter((name) => !env[name])
  return missing.length === together.length
    ? []
    : missing.map((name) => `${name} is not set: ${together.join(', ')} belong together`)
}

/** What an answer may take. */
export interface ChatLimits {
  silenceMs: number
  turnMs: number
  stepTokens: number
  turnTokens: number
}

export const chatLimitsOf = (settings: ChatSettings): ChatLimits => ({
  silenceMs: settings.CHAT_SILENCE_SECONDS * 1_000,
  turnMs: settings.CHAT_TURN_SECONDS * 1_000,
  stepTokens: settings.CHAT_STEP_TOKENS,
  turnTokens: settings.CHAT_TURN_TOKENS,
})
