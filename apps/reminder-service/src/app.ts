import { schemaVersion } from '@taskflow/database'
import { createServiceApp } from '@taskflow/service-kit'
import { listNextReminders } from './api/list-next-reminders.ts'
import type { Deps } from './deps.ts'
import { createPruneLoop } from './loops/prune-projection.ts'
import { reconcileTasks } from './loops/reconcile-tasks.ts'
import { subscriptions } from './subscriptions.ts'

export const createApp = (deps: Deps) =>
  createServiceApp({
    deps,
    schemaVersion,
    subscriptions: subscriptions(deps),
    loops: [deps.dueReminders, createPruneLoop(deps), reconcileTasks(deps)],
    api: [listNextReminders(deps)],
  })
