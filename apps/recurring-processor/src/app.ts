import { schemaVersion } from '@taskflow/database'
import { createServiceApp } from '@taskflow/service-kit'
import { listNextSeries } from './api/list-next-series.ts'
import type { Deps } from './deps.ts'
import { missingTasks } from './loops/missing-tasks.ts'
import { subscriptions } from './subscriptions.ts'

export const createApp = (deps: Deps) =>
  createServiceApp({
    deps,
    schemaVersion,
    subscriptions: subscriptions(deps),
    loops: [deps.dueSeries, missingTasks(deps)],
    api: [listNextSeries(deps)],
  })
