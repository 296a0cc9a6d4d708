import type { BaseDeps } from '@taskflow/service-kit'
import type { HttpDeps } from '../http/deps.ts'
import { createLiveFeed, type LiveFeed } from './live-feed.ts'

export interface LiveDeps extends HttpDeps {
  liveFeed: LiveFeed
}

export const createLiveDeps = (base: BaseDeps, overrides: Partial<LiveDeps>): Pick<LiveDeps, 'liveFeed'> => ({
  liveFeed: overrides.liveFeed ?? createLiveFeed(base),
})
