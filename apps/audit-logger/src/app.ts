import { createServiceApp } from '@taskflow/service-kit'
import { listEvents } from './api/list-events.ts'
import type { Deps } from './deps.ts'
import { subscriptions } from './subscriptions.ts'

export const createApp = (deps: Deps) =>
  createServiceApp({ deps, subscriptions: subscriptions(), loops: [], api: [listEvents(deps)] })
