import { schemaVersion } from '@taskflow/database'
import { createServiceApp } from '@taskflow/service-kit'
import { listNotifications } from './api/list-notifications.ts'
import { verifyWebhook } from './api/verify-webhook.ts'
import type { Deps } from './deps.ts'
import { pruneLedger } from './loops/prune-ledger.ts'
import { subscriptions } from './subscriptions.ts'

export const createApp = (deps: Deps) =>
  createServiceApp({
    deps,
    schemaVersion,
    subscriptions: subscriptions(deps),
    loops: [deps.sending, pruneLedger(deps)],
    api: [listNotifications(deps), verifyWebhook(deps)],
  })
