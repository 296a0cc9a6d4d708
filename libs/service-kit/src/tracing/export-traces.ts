import { hostname } from 'node:os'
import {
  type Context,
  type Link,
  type Span as OtelSpan,
  ROOT_CONTEXT,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import { withTimeout } from '../dapr-client.ts'
import type { Log } from '../log.ts'
import { readTraceparent, sampled, unsampled } from '../origin.ts'
import type { ServiceName } from '../services.ts'
import { version } from '../version.ts'
import { type Span, type Tracing, untraced } from './tracing.ts'

const maxLinks = 128
const exportInterval = 1_000
const exportTimeout = 5_000
const stopTimeout = 3_000

/**
 * Exports spans by OTLP over HTTP. `ratio` decides whether a trace that begins here is recorded; everything it causes
 * follows, by the sampled flag in the trace context.
 */
export const exportTraces = (options: {
  service: ServiceName
  /** The collector's address, without /v1/traces. */
  endpoint: string
  /** 0 to 1. */
  ratio: number
  log: Log
}): Tracing => {
  const { service, ratio, log } = options
  const url = `${options.endpoint.replace(/\/$/, '')}/v1/traces`
  const exporter = loggingTrouble(new OTLPTraceExporter({ url, timeoutMillis: exportTimeout }), url, log)
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      'service.name': service,
      'service.namespace': 'taskflow',
      'service.version': version,
      'service.instance.id': `${hostname()}/${process.pid}`,
    }),
    sampler: new ParentBasedSampler({ root: sampleWithLinks(new TraceIdRatioBasedSampler(ratio)) }),
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: exportInterval, maxQueueSize: 8_192 })],
  })
  const tracer = provider.getTracer('taskflow', version)

  return {
    isOn: true,
    start: (name, options) => {
      const contexts = contextsOf(options.causes)
      const recorded = contexts.filter(isSampled)
      // A span whose causes are not recorded is not recorded either, and costs next to nothing.
      if (contexts.length > 0 && recorded.length === 0) return untraced.start(name, options)
      const { kind, attributes = {} } = options
      const { parent, links } = placeOf(recorded, contextsOf(options.links ?? []).filter(isSampled))
      return spanOf(tracer.startSpan(name, { kind: kinds[kind], attributes, links }, parent))
    },
    // At random and not by the trace's id: a stranger could choose one that is always recorded.
    admit: (traceparent) => (Math.random() < ratio ? sampled(traceparent) : unsampled(traceparent)),
    stop: () => withTimeout(provider.shutdown(), stopTimeout).catch(() => {}),
  }
}

const kinds = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
  internal: SpanKind.INTERNAL,
}

/** The parent and links of a span: part of its causes' trace when that is one, else a new trace with links to them. */
const placeOf = (causes: SpanContext[], related: SpanContext[]): { parent: Context; links: Link[] } => {
  const [first, ...others] = causes
  const isOne = first !== undefined && others.every(({ traceId }) => traceId === first.traceId)
  const links = [...(isOne ? others : causes), ...related].slice(0, maxLinks).map((context) => ({ context }))
  return { parent: isOne ? trace.setSpanContext(ROOT_CONTEXT, first) : ROOT_CONTEXT, links }
}

const contextsOf = (traceparents: readonly (string | undefined)[]): SpanContext[] =>
  [...new Set(traceparents)].flatMap((text) => {
    const read = readTraceparent(text)
    return read ? { ...read, traceFlags: read.isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE, isRemote: true } : []
  })

const isSampled = ({ traceFlags }: SpanContext): boolean => traceFlags === TraceFlags.SAMPLED

/** A batch is recorded when anything in it is. */
const sampleWithLinks = (root: Sampler): Sampler => {
  const always = new AlwaysOnSampler()
  return {
    shouldSample: (...given) => (given[5].length > 0 ? always : root).shouldSample(...given),
    toString: () => `SampleWithLinks{${root}}`,
  }
}

const spanOf = (span: OtelSpan): Span => {
  const { traceId, spanId, traceFlags } = span.spanContext()
  return {
    traceparent: `00-${traceId}-${spanId}-0${traceFlags & TraceFlags.SAMPLED}`,
    rename: (name) => void span.updateName(name),
    set: (attributes) => void span.setAttributes(attributes),
    end: ({ error, at } = {}) => {
      if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', error)
      span.end(at)
    },
  }
}

/** Logs once that spans are lost, and once that exporting works again. */
const loggingTrouble = (exporter: SpanExporter, url: string, log: Log): SpanExporter => {
  let inTrouble = false
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        const failed = result.error !== undefined
        if (failed && !inTrouble) log.warn('traces are lost: they cannot be exported', { url, error: result.error })
        if (!failed && inTrouble) log.info('traces are exported again', { url })
        inTrouble = failed
        done(result)
      }),
    forceFlush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  }
}
