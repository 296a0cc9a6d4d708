import { schemaVersion } from '@taskflow/database'
import { createServiceApp } from '@taskflow/service-kit'
import { listEvents } from './api/list-events.ts'
import { showCausation } from './api/show-causation.ts'
import { showChain } from './api/show-chain.ts'
import type { Deps } from './deps.ts'
import { makePartitions } from './loops/make-partitions.ts'
import { verifyInBackground } from './loops/verify-in-background.ts'
import { subscriptions } from './subscriptions.ts'

export const createApp = (deps: Deps) =>
  createServiceApp({
    deps,
    schemaVersion,
    subscriptions: subscriptions(deps),
    loops: [makePartitions(deps), deps.checkpoints, verifyInBackground(deps)],
    api: [listEvents(deps), showCausation(deps), showChain(deps)],
  })
