import { type BaseDeps, createStateStore } from '@taskflow/service-kit'
import pLimit, { type LimitFunction } from 'p-limit'
import { z } from 'zod'
import { commaSeparated, type HttpDeps } from '../http/deps.ts'
import { type ActionSigner, createActionSigner } from './chat/confirmation/sign-action.ts'
import { type ChatMemory, createMemory } from './chat/memory.ts'
import { type Assistant, createAssistant } from './chat/provider/create-assistant.ts'
import { type ChatLimits, chatLimitsOf, chatSettings } from './chat/settings.ts'
import { createRunningCalls, type RunningCalls } from './mcp/running-calls.ts'
import { type Catalogue, catalogue } from './tools/catalogue.ts'

const maxBeginning = 3

/** The origin as browsers send it; of a scheme such as vscode-webview it is the URL itself. */
const originOf = (url: string): string => {
  const { origin } = new URL(url)
  return origin === 'null' ? url : origin
}

export const assistantSettings = {
  /** Web pages that may use /mcp besides those of PUBLIC_URL, such as https://inspector.example.com */
  MCP_ALLOWED_ORIGINS: commaSeparated.pipe(z.array(z.url().transform(originOf))),
  /** As ALLOWED_HOSTS, its older name. */
  MCP_ALLOWED_HOSTS: commaSeparated,
  ...chatSettings,
}

export interface AssistantDeps extends HttpDeps {
  /** All that the assistant can do. */
  tools: Catalogue
  /** Origins of web pages that may use /mcp, besides the public address. */
  mcpOrigins: string[]
  mcpCalls: RunningCalls
  /** The model that replies in the chat. */
  assistant: Assistant
  chatLimits: ChatLimits
  chatMemory: ChatMemory
  /** Begins so many replies at once: each holds a connection of the database while it waits for the statestore. */
  beginning: LimitFunction
  signer: ActionSigner
}

type OwnDeps = Pick<AssistantDeps, Exclude<keyof AssistantDeps, keyof HttpDeps>>
type Config = z.infer<z.ZodObject<typeof assistantSettings>> & {
  sidecarUrl: string
  daprApiToken: string
  TOKEN_SECRET: string
}

export const createAssistantDeps = (config: Config, base: BaseDeps, overrides: Partial<OwnDeps>): OwnDeps => {
  const stateStore = createStateStore({ url: config.sidecarUrl, token: config.daprApiToken })
  return {
    tools: overrides.tools ?? catalogue,
    mcpOrigins: overrides.mcpOrigins ?? config.MCP_ALLOWED_ORIGINS,
    mcpCalls: overrides.mcpCalls ?? createRunningCalls(base),
    assistant: overrides.assistant ?? createAssistant(config, base.clock),
    chatLimits: overrides.chatLimits ?? chatLimitsOf(config),
    chatMemory: overrides.chatMemory ?? createMemory(stateStore, config.CHAT_MEMORY_DAYS),
    beginning: overrides.beginning ?? pLimit(maxBeginning),
    signer: overrides.signer ?? createActionSigner(config.TOKEN_SECRET),
  }
}
