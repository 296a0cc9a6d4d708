import { schemaVersion } from '@taskflow/database'
import { createServiceApp, type Tx } from '@taskflow/service-kit'
import { account } from './account/feature.ts'
import { assistant } from './assistant/feature.ts'
import type { Offer } from './assistant/mcp/offer.ts'
import { audit } from './audit/feature.ts'
import type { Deps } from './deps.ts'
import { createIdempotencyPruning } from './http/idempotency.ts'
import { withRuleBudget } from './http/rule-budget.ts'
import { live } from './live/feature.ts'
import { notifications } from './notifications/feature.ts'
import { oauth } from './oauth/feature.ts'
import { operations } from './operations/feature.ts'
import { subscriptions } from './subscriptions.ts'
import { tasks } from './tasks/feature.ts'
import { transfer } from './transfer/feature.ts'
import { consolePages } from './web/console-pages.ts'
import { withDocuments } from './web/documents/with-documents.ts'

/** chat-api: each feature brings its endpoints and loops. `offer` is what MCP clients are offered. */
export const createApp = (deps: Deps, offer?: Offer) => {
  const others = [
    oauth(deps),
    tasks(deps),
    notifications(deps),
    live(deps),
    transfer(deps),
    audit(deps),
    assistant(deps, offer),
    operations(deps),
  ]
  const forget = async (tx: Tx, user_id: string) => {
    for (const feature of others) await feature.forget?.(tx, user_id)
  }
  const features = [account(deps, forget), ...others]
  return createServiceApp({
    deps,
    schemaVersion,
    subscriptions: subscriptions(deps),
    loops: [createIdempotencyPruning(deps), ...features.flatMap(({ loops = [] }) => loops)],
    accessControl: deps.accessControl,
    protocol: deps.oauthRoutes,
    pages: consolePages(deps.consoleFolder),
    hosts: { publicUrl: deps.publicUrl, others: deps.allowedHosts },
    api: withDocuments(features.flatMap(({ endpoints }) => endpoints.map(withRuleBudget))),
  })
}
