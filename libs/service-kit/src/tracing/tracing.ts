import { childTraceparent, unsampled } from '../origin.ts'

/** A span of a trace. It is exported once it has ended. */
export interface Span {
  /** W3C trace context, passed to events and calls under this span. */
  readonly traceparent: string
  rename(name: string): void
  set(attributes: Attributes): void
  /** `error`: the kind of failure. `at`: when, in milliseconds of performance.now(). */
  end(ending?: { error?: string | undefined; at?: number | undefined }): void
}

/** Named by the semantic conventions of OpenTelemetry. Ids and numbers only: no texts of users, no secrets. */
type Attributes = Record<string, string | number | undefined>

export interface SpanOptions {
  kind: 'server' | 'client' | 'producer' | 'consumer' | 'internal'
  /**
   * Trace contexts of what causes it. When they are of one trace, the span is part of that trace; when they are of
   * several, as with a batch, it begins a trace of its own and links to them.
   */
  causes: readonly (string | undefined)[]
  /** Other related trace contexts. Links are only made to recorded ones: others could not be found. */
  links?: readonly (string | undefined)[]
  attributes?: Attributes
}

export interface Tracing {
  /** False: nothing is exported, and callers may skip work that only serves spans. */
  isOn: boolean
  start(name: string, options: SpanOptions): Span
  /** A trace context from outside: its trace id is kept, whether it is recorded is decided here. */
  admit(traceparent: string | undefined): string | undefined
  /** Exports ended spans, in a few seconds at most. Never throws. */
  stop(): Promise<void>
}

/** Events and responses still carry trace contexts, marked as not recorded. */
export const untraced: Tracing = {
  isOn: false,
  start: (_name, { causes }) => ({ traceparent: childTraceparent(causes[0]), ...nothing }),
  admit: unsampled,
  stop: async () => {},
}

const nothing = { rename: () => {}, set: () => {}, end: () => {} }

/** The kind of an error: its code, or its name. Not its message, which may quote texts of users. */
export const failureOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'error'
  const { code } = error as { code?: unknown }
  return error.cause instanceof Error ? failureOf(error.cause) : String(code ?? error.name)
}
