import { createRequire } from 'node:module'
import type { BaseConfig } from '../config.ts'
import type { Log } from '../log.ts'
import { type Tracing, untraced } from './tracing.ts'

/** Exports spans when OTEL_EXPORTER_OTLP_ENDPOINT is set. */
export const createTracing = (
  { service, otlpEndpoint, traceRatio }: Pick<BaseConfig, 'service' | 'otlpEndpoint' | 'traceRatio'>,
  log: Log,
): Tracing => {
  if (otlpEndpoint === undefined) return untraced
  // Loaded only now: the SDK takes 15 MB and a third of a second.
  const { exportTraces } = createRequire(import.meta.url)('./export-traces.ts') as typeof import('./export-traces.ts')
  return exportTraces({ service, endpoint: otlpEndpoint, ratio: traceRatio, log })
}
