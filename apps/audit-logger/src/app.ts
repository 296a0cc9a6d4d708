import { createServiceApp } from '@taskflow/service-kit'
import { listEvents } from './api/list-events.ts'
import { showCausation } from './api/show-causation.ts'
import type { Deps } from './deps.ts'
import { makePartitions } from './loops/make-partitions.ts'
import { subscriptions } from './subscriptions.ts'

export const createApp = (deps: Deps) =>
  createServiceApp({
    deps,
    subscriptions: subscriptions(deps),
    loops: [makePartitions(deps), deps.checkpoints],
    api: [listEvents(deps), showCausation(deps)],
  })
