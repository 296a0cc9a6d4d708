import type pg from 'pg'
import { type Clock, systemClock } from './clock.ts'
import type { BaseConfig } from './config.ts'
import { createNotify, type Notify } from './database/notify.ts'
import { createDatabase, createPool, type Database } from './database/pool.ts'
import { createTransaction, type Transaction } from './database/transaction.ts'
import { createLog, type Log, secretsOf } from './log.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { createWake, type Wake } from './outbox/wake.ts'
import { createSidecar, type Sidecar } from './sidecar.ts'
import { createTracing } from './tracing/create-tracing.ts'
import type { Tracing } from './tracing/tracing.ts'

/** The dependencies of every service: plain arguments, each replaceable in a test. */
export interface BaseDeps {
  config: BaseConfig
  clock: Clock
  log: Log
  metrics: Metrics
  tracing: Tracing
  pool: pg.Pool
  db: Database
  sidecar: Sidecar
  notify: Notify
  wake: Wake
  transaction: Transaction
}

/** Creates them from the configuration; nothing is connected or started yet. */
export const createBaseDeps = (config: BaseConfig, overrides: Partial<BaseDeps> = {}): BaseDeps => {
  const clock = overrides.clock ?? systemClock
  const log =
    overrides.log ?? createLog({ service: config.service, level: config.logLevel, secrets: secretsOf(config) })
  const pool =
    overrides.pool ??
    createPool({ databaseUrl: config.databaseUrl, size: config.poolSize, application: config.service, log })
  const tracing = overrides.tracing ?? createTracing(config, log)
  const notify = overrides.notify ?? createNotify({ pool, log })
  const wake = overrides.wake ?? createWake(notify)
  return {
    config,
    clock,
    log,
    tracing,
    pool,
    notify,
    wake,
    metrics: overrides.metrics ?? createMetrics(config.service),
    db: overrides.db ?? createDatabase(pool),
    sidecar: overrides.sidecar ?? createSidecar({ url: config.sidecarUrl, token: config.daprApiToken, tracing }),
    transaction: overrides.transaction ?? createTransaction({ pool, clock, service: config.service, wake: wake.wake }),
  }
}
