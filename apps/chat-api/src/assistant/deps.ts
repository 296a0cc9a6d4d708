import { type BaseDeps, createStateStore } from '@taskflow/service-kit'
import { z } from 'zod'
import type { HttpDeps } from '../http/deps.ts'
import { type ActionSigner, createActionSigner } from './chat/confirmation/sign-action.ts'
import { type ChatMemory, createMemory } from './chat/memory.ts'
import { type Assistant, createAssistant } from './chat/provider/create-assistant.ts'
import { type ChatLimits, chatLimitsOf, chatSettings } from './chat/settings.ts'
import type { AllowedSources } from './mcp/check-source.ts'
import { createRunningCalls, type RunningCalls } from './mcp/running-calls.ts'
import { type Catalogue, catalogue } from './tools/catalogue.ts'

/** The origin as browsers send it; of a scheme such as vscode-webview it is the URL itself. */
const originOf = (url: string): string => {
  const { origin } = new URL(url)
  return origin === 'null' ? url : origin
}

/** Comma-separated. */
const list = z
  .string()
  .default('')
  .transform((text) => text.split(',').flatMap((item) => item.trim() || []))

export const assistantSettings = {
  /** Web pages that may use /mcp besides those of PUBLIC_URL, such as https://inspector.example.com */
  MCP_ALLOWED_ORIGINS: list.pipe(z.array(z.url().transform(originOf))),
  /** Names of this service that clients of /mcp may use besides localhost and that of PUBLIC_URL. */
  MCP_ALLOWED_HOSTS: list,
  ...chatSettings,
}

export interface AssistantDeps extends HttpDeps {
  /** All that the assistant can do. */
  tools: Catalogue
  /** The origins and hosts that may use /mcp. */
  mcpSources: AllowedSources
  mcpCalls: RunningCalls
  /** The model that replies in the chat. */
  assistant: Assistant
  chatLimits: ChatLimits
  chatMemory: ChatMemory
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
    mcpSources: overrides.mcpSources ?? { origins: config.MCP_ALLOWED_ORIGINS, hosts: config.MCP_ALLOWED_HOSTS },
    mcpCalls: overrides.mcpCalls ?? createRunningCalls(base),
    assistant: overrides.assistant ?? createAssistant(config, base.clock),
    chatLimits: overrides.chatLimits ?? chatLimitsOf(config),
    chatMemory: overrides.chatMemory ?? createMemory(stateStore, config.CHAT_MEMORY_DAYS),
    signer: overrides.signer ?? createActionSigner(config.TOKEN_SECRET),
  }
}
