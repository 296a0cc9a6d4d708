export { Counter, Histogram } from 'prom-client'
export { type Clock, systemClock } from './clock.ts'
export { type BaseConfig, ConfigError, configReader, exitConfig } from './config.ts'
export { createServiceApp, type ServiceApp, type ServiceDefinition } from './create-service-app.ts'
export { advisoryLock, tryAdvisoryLock } from './database/advisory-lock.ts'
export { createDatabaseClock, type DatabaseClock, followDatabase } from './database/database-clock.ts'
export { ServiceFault } from './database/failures.ts'
export { createListener, type Listener, listening, wokenEverywhere } from './database/listen.ts'
export { createNotify, type Notify, notifyEach } from './database/notify.ts'
export { createDatabase, createPool, type Database } from './database/pool.ts'
export type { SchemaVersion } from './database/schema-gate.ts'
export { createTransaction, type Transaction, type Tx, withOrigin } from './database/transaction.ts'
export { type BaseDeps, createBaseDeps } from './deps.ts'
export type { AccessControl, AdminUse } from './http/access-control.ts'
export {
  type Answer,
  type Endpoint,
  type EndpointRequest,
  endpoint,
  type Resource,
  readValue,
} from './http/endpoint.ts'
export { type OpenApiOptions, openApiDocument } from './http/openapi.ts'
export type { Pages } from './http/pages.ts'
export type { Person, Principal } from './http/principal.ts'
export { type Scope, scopes, scopesOf, withinRole } from './http/principal.ts'
export { invalid, Problem, problem } from './http/problem.ts'
export type { ProtocolRoutes } from './http/protocol-routes.ts'
export { type RateLimit, rateLimitHeaders, tooManyRequests } from './http/rate-limit.ts'
export { requireShallow } from './http/require-shallow.ts'
export { neededScope, requireScope } from './http/scopes.ts'
export type { RetryPolicy } from './inbox/failures.ts'
export { forgetUser } from './inbox/rows.ts'
export {
  type BatchHandler,
  type Handler,
  ignore,
  inBatches,
  type ReceivedEvent,
  type Subscription,
  subscribe,
  subscribeToSnapshots,
} from './inbox/subscription.ts'
export { createLog, type Log, loggedWith } from './log.ts'
export { type LogLevelOrder, logLevelOrder, orderLogLevel } from './log-level.ts'
export { createLoop, type Loop } from './loop.ts'
export { createMetrics, type Metrics, registerGauges } from './metrics.ts'
export type { DeadLetter, DeadLetterContent } from './operator/dead-letters.ts'
export type { EventTrace, InboxTrace, OutboxTrace } from './operator/trace-event.ts'
export { type Origin, rootOrigin, traceIdOf } from './origin.ts'
export { appendEvents, type NewEvent, newEvent } from './outbox/append-events.ts'
export { createRelay, type Relay } from './outbox/relay.ts'
export { outboxChannel } from './outbox/wake.ts'
export { run } from './run.ts'
export { environmentPrefix, type ServiceName, type ServiceSchema, serviceNames, services } from './services.ts'
export { type BulkEntry, createSidecar, type PublishResult, pubsubName, type Sidecar } from './sidecar.ts'
export { createStateStore, type StateStore } from './state-store.ts'
export { createTracing } from './tracing/create-tracing.ts'
export { type SpanOptions, type Tracing, untraced } from './tracing/tracing.ts'
