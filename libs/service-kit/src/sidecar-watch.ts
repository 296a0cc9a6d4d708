import type { Clock } from './clock.ts'
import { messageOf } from './dapr-client.ts'
import type { Log } from './log.ts'
import { createLoop, type Loop } from './loop.ts'
import type { Sidecar } from './sidecar.ts'

/** How long a sidecar may run without its subscriptions, in ms: it subscribes within a second of its start. */
const subscribeTimeout = 20_000
/** Least time between two restarts, in ms. */
const restartInterval = 120_000

/**
 * Restarts a sidecar that runs without its subscriptions. It asks for them only once: when this service was being
 * restarted at that moment, the sidecar would deliver nothing until somebody restarts it (docs/dapr-behaviour.md).
 */
export const createSidecarWatch = ({
  topics,
  sidecar,
  clock,
  log,
}: {
  topics: string[]
  sidecar: Pick<Sidecar, 'metadata' | 'shutDown'>
  clock: Clock
  log: Log
}): Loop => {
  let missingSince: number | undefined
  let notBefore = 0
  return createLoop({
    name: 'sidecar watch',
    maxWait: 10_000,
    onError: (error) => log.debug('the sidecar does not report its subscriptions', { reason: messageOf(error) }),
    step: async () => {
      const subscribed = new Set((await sidecar.metadata()).subscriptions.map(({ topic }) => topic))
      const missing = topics.filter((topic) => !subscribed.has(topic))
      const now = clock.now().epochMilliseconds
      missingSince = missing.length > 0 ? (missingSince ?? now) : undefined
      if (missingSince !== undefined && now >= Math.max(missingSince + subscribeTimeout, notBefore)) {
        log.error('the sidecar runs without subscriptions and is restarted', { topics: missing })
        missingSince = undefined
        notBefore = now + restartInterval
        await sidecar.shutDown()
      }
      return 10_000
    },
  })
}
