import { ConfigError, configReader } from '@taskflow/service-kit'
import { accountSettings } from './account/deps.ts'
import { incompleteModel } from './assistant/chat/settings.ts'
import { assistantSettings } from './assistant/deps.ts'
import { httpSettings } from './http/deps.ts'
import { notificationSettings } from './notifications/deps.ts'
import { oauthSettings } from './oauth/deps.ts'
import { operationSettings } from './operations/deps.ts'
import { taskSettings } from './tasks/deps.ts'

const read = configReader('chat-api', {
  ...httpSettings,
  ...taskSettings,
  ...accountSettings,
  ...oauthSettings,
  ...notificationSettings,
  ...assistantSettings,
  ...operationSettings,
})

export type Config = ReturnType<typeof read>

/** Reads the environment. Throws ConfigError with all problems at once. */
export const readConfig = (env: Record<string, string | undefined>): Config => {
  const problems = incompleteModel(env)
  if (!env.KAFKA_USERNAME !== !env.KAFKA_PASSWORD) problems.push('KAFKA_USERNAME and KAFKA_PASSWORD go together')
  try {
    const config = read(env)
    if (problems.length === 0) return config
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    problems.unshift(...error.problems)
  }
  throw new ConfigError('chat-api', problems)
}
