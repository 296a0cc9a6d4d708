import type pg from 'pg'
import { z } from 'zod'
import { parse } from './dapr-client.ts'
import { createListener, listening } from './database/listen.ts'
import { notifyEach } from './database/notify.ts'
import type { BaseDeps } from './deps.ts'
import { logLevels } from './log.ts'
import { createLoop, type Loop } from './loop.ts'
import { serviceNames } from './services.ts'

/** A level for the logs of all replicas of a service, or of all services, for some minutes. */
export const logLevelOrder = z.strictObject({
  service: z.enum(['all', ...serviceNames]),
  level: z.enum(logLevels),
  minutes: z.int().min(1).max(1_440).default(15),
})
export type LogLevelOrder = z.infer<typeof logLevelOrder>

/** The NOTIFY channel on which every replica of every service listens. */
const channel = 'log_level'

/** Sends the order to all running replicas, without sidecar and broker. */
export const orderLogLevel = async (pool: pg.Pool, order: LogLevelOrder): Promise<void> => {
  await notifyEach(pool, channel, [JSON.stringify(order)])
}

/** Applies orders of operators; when their time is over, the configured level applies again. */
export const createLogLevelLoop = ({ config, clock, log }: Pick<BaseDeps, 'config' | 'clock' | 'log'>): Loop => {
  let until: Temporal.Instant | undefined
  const loop = createLoop({
    name: 'log level',
    maxWait: 60_000,
    onError: (error) => log.warn('the log level could not be reset', { error }),
    step: async () => {
      if (!until) return Number.POSITIVE_INFINITY
      const left = until.epochMilliseconds - clock.now().epochMilliseconds
      if (left > 0) return left
      until = undefined
      log.level = config.logLevel
      log.info('the log level is as configured again', { log_level: log.level })
      return Number.POSITIVE_INFINITY
    },
  })
  const obey = (payload = '') => {
    const { data: order } = logLevelOrder.safeParse(parse(payload))
    if (!order || (order.service !== 'all' && order.service !== config.service)) return
    until = clock.now().add({ minutes: order.minutes })
    log.info('an operator changes the log level', { log_level: order.level, until: until.toString() })
    log.level = order.level
    loop.wake()
  }
  const listener = createListener({ channel, databaseUrl: config.databaseUrl, onNotify: obey, log })
  return listening(loop, listener)
}
