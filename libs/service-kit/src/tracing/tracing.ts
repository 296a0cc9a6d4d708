import { childTraceparent, unsampled } from '../origin.ts'

/** A piece of work as a trace shows it. It is seen once it has ended. */
export interface Span {
  /** W3C trace context: given to what is made and called under it. */
  readonly traceparent: string
  rename(name: string): void
  set(attributes: Attributes): void
  /** `error`: what kind of failure, in few words of ours. `at`: when, in milliseconds of performance.now(). */
  end(ending?: { error?: string | undefined; at?: number | undefined }): void
}

/** Named by the semantic conventions of OpenTelemetry. Ids and numbers; nothing that people have written, no secret. */
export type Attributes = Record<string, string | number | undefined>

export interface SpanOptions {
  kind: 'server' | 'client' | 'producer' | 'consumer' | 'internal'
  /**
   * Trace contexts of that for which it is done. When they are of one trace, it is a part of that trace; when they are of
   * several, as with a batch, it begins a trace of its own and has links to them.
   */
  causes: readonly (string | undefined)[]
  /** Trace contexts that have to do with it besides. Only to what is recorded there are links: else nothing would be found. */
  links?: readonly (string | undefined)[]
  attributes?: Attributes
}

export interface Tracing {
  /** False: nothing is exported, and whoever would have to work for a span may leave it. */
  isOn: boolean
  start(name: string, options: SpanOptions): Span
  /** The trace context that somebody outside has sent: the trace is theirs, whether it is recorded is not. */
  admit(traceparent: string | undefined): string | undefined
  /** Exports what has ended, in a few seconds at most. Never throws. */
  stop(): Promise<void>
}

/** Events and answers carry trace contexts all the same; as nobody records them they say so. */
export const untraced: Tracing = {
  isOn: false,
  start: (_name, { causes }) => ({ traceparent: childTraceparent(causes[0]), ...nothing }),
  admit: unsampled,
  stop: async () => {},
}

const nothing = { rename: () => {}, set: () => {}, end: () => {} }

/** What kind of failure an error is: its code, or its name. Messages quote what people have written. */
export const failureOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'error'
  const { code } = error as { code?: unknown }
  return error.cause instanceof Error ? failureOf(error.cause) : String(code ?? error.name)
}
