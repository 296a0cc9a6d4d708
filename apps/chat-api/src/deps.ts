import { join } from 'node:path'
import { createBaseDeps } from '@taskflow/service-kit'
import { withQuotas } from '@taskflow/tasks'
import { type AccountDeps, createAccountDeps } from './account/deps.ts'
import { type AssistantDeps, createAssistantDeps } from './assistant/deps.ts'
import type { Config } from './config.ts'
import { createLiveDeps, type LiveDeps } from './live/deps.ts'
import { createNotificationDeps, type NotificationDeps } from './notifications/deps.ts'
import { createOauthDeps, type OauthDeps } from './oauth/deps.ts'
import { createOperationDeps, type OperationDeps } from './operations/deps.ts'
import { quotasOf, type TaskDeps } from './tasks/deps.ts'

export interface Deps
  extends AccountDeps,
    OauthDeps,
    TaskDeps,
    NotificationDeps,
    LiveDeps,
    AssistantDeps,
    OperationDeps {
  /** Names that this service answers to, besides localhost and that of `publicUrl`. */
  allowedHosts: string[]
  /** The folder of the console, built. */
  consoleFolder: string
}

/** All that the features need; each makes its own part. */
export const createDeps = (config: Config, overrides: Partial<Deps> = {}): Deps => {
  const quotas = overrides.quotas ?? quotasOf(config)
  const unlimited = createBaseDeps(config, overrides)
  const base = { ...unlimited, transaction: withQuotas(unlimited.transaction, quotas) }
  const oauth = createOauthDeps(config, base, overrides)
  return {
    ...base,
    quotas,
    publicUrl: overrides.publicUrl ?? config.PUBLIC_URL,
    allowedHosts: overrides.allowedHosts ?? [...config.ALLOWED_HOSTS, ...config.MCP_ALLOWED_HOSTS],
    ...oauth,
    ...createAccountDeps(config, { ...base, ...oauth }, overrides),
    ...createNotificationDeps(config, base, overrides),
    ...createLiveDeps(base, overrides),
    ...createAssistantDeps(config, base, overrides),
    ...createOperationDeps(config, base, overrides),
    consoleFolder: overrides.consoleFolder ?? join(import.meta.dirname, '../../console/dist'),
  }
}
