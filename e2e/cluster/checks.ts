import { checkAudit } from './check-audit.ts'
import { checkChat, checkStatestore } from './check-chat.ts'
import { checkMainJob } from './check-main-job.ts'
import { checkMesh } from './check-mesh.ts'
import { checkIngress, checkMetrics, checkPages } from './check-pages.ts'
import type { Cluster } from './cluster.ts'
import { brokerLast, drain, rollout } from './faults.ts'
import { deletePeople } from './people.ts'

export interface Check {
  name: string
  /** Seconds. */
  within: number
  /** Resolves with what was found; throws with what is wrong. */
  run: (cluster: Cluster) => Promise<string>
  /** Replaces pods. */
  replacesPods?: true
}

/** In the order in which they run. */
export const checks: readonly Check[] = [
  { name: 'mesh', within: 90, run: checkMesh },
  { name: 'main job', within: 180, run: checkMainJob },
  { name: 'chat', within: 150, run: checkChat },
  { name: 'statestore', within: 60, run: checkStatestore },
  { name: 'pages', within: 60, run: checkPages },
  { name: 'metrics', within: 60, run: checkMetrics },
  { name: 'ingress', within: 30, run: checkIngress },
  { name: 'rollout of all under load', within: 900, run: rollout, replacesPods: true },
  { name: 'drained node under load', within: 900, run: drain, replacesPods: true },
  { name: 'broker last under load', within: 900, run: brokerLast, replacesPods: true },
  { name: 'accounts', within: 300, run: async (cluster) => `${await deletePeople(cluster)} of these checks deleted` },
  { name: 'audit', within: 180, run: checkAudit },
]
