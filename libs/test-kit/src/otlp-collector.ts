import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import protobuf from 'protobufjs'

/** A span as received by the collector. */
export interface CollectedSpan {
  /** service.name of its process; a sidecar uses its app id. */
  service: string
  /** Its tracer: `taskflow`, or one of Dapr's. */
  scope: string
  name: string
  kind: 'internal' | 'server' | 'client' | 'producer' | 'consumer'
  trace: string
  id: string
  /** Empty for the root of a trace. */
  parent: string
  /** Span ids. */
  links: string[]
  attributes: Record<string, string | number>
  isError: boolean
  /** Milliseconds. */
  duration: number
}

/** A collector of traces for tests: accepts OTLP over HTTP and keeps the spans. */
export interface Collector {
  /** For OTEL_EXPORTER_OTLP_ENDPOINT. */
  url: string
  spans: CollectedSpan[]
  /** Status of its responses: 200, an error, or 0 for no response. */
  status: number
  stop(): void
}

export const startCollector = async (): Promise<Collector> => {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    if (collector.status === 200) {
      collector.spans.push(...spansIn(request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body))
    }
    if (collector.status > 0) response.writeHead(collector.status, { 'content-type': 'application/x-protobuf' }).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const stop = () => {
    server.close()
    server.closeAllConnections()
  }
  const collector: Collector = { url, spans: [], status: 200, stop }
  return collector
}

/** The fields of opentelemetry/proto/trace/v1/trace.proto (OTLP 1.9) that tests read; others are skipped. */
const { root } = protobuf.parse(`
  syntax = "proto3";
  message Request { repeated ResourceSpans resource_spans = 1; }
  message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; }
  message Resource { repeated KeyValue attributes = 1; }
  message ScopeSpans { Scope scope = 1; repeated Span spans = 2; }
  message Scope { string name = 1; }
  message Span {
    bytes trace_id = 1; bytes span_id = 2; bytes parent_span_id = 4; string name = 5; int32 kind = 6;
    fixed64 start_time_unix_nano = 7; fixed64 end_time_unix_nano = 8; repeated KeyValue attributes = 9;
    repeated Link links = 13; Status status = 15;
  }
  message Link { bytes trace_id = 1; bytes span_id = 2; }
  message Status { int32 code = 3; }
  message KeyValue { string key = 1; Value value = 2; }
  message Value { oneof value { string string_value = 1; bool bool_value = 2; int64 int_value = 3; double double_value = 4; } }
`)
const Request = root.lookupType('Request')

type Attributes = { key: string; value?: Record<string, string | number> }[]

interface RawSpan {
  traceId: string
  spanId: string
  parentSpanId: string
  name: string
  kind: number
  startTimeUnixNano: string
  endTimeUnixNano: string
  attributes: Attributes
  links: { spanId: string }[]
  status?: { code: number }
}

interface RawRequest {
  resourceSpans: {
    resource?: { attributes: Attributes }
    scopeSpans: { scope?: { name: string }; spans: RawSpan[] }[]
  }[]
}

const kinds = ['internal', 'internal', 'server', 'client', 'producer', 'consumer'] as const

const spansIn = (body: Uint8Array): CollectedSpan[] => {
  const options = { bytes: Array, longs: String, arrays: true, defaults: false }
  const { resourceSpans } = Request.toObject(Request.decode(body), options) as RawRequest
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ scope, spans }) =>
      spans.map((span) => ({
        service: String(valuesOf(resource?.attributes ?? [])['service.name']),
        scope: scope?.name ?? '',
        name: span.name,
        kind: kinds[span.kind] ?? 'internal',
        trace: hex(span.traceId),
        id: hex(span.spanId),
        parent: hex(span.parentSpanId),
        links: span.links.map(({ spanId }) => hex(spanId)),
        attributes: valuesOf(span.attributes),
        isError: span.status?.code === 2,
        duration: Number(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)) / 1e6,
      })),
    ),
  )
}

const hex = (bytes: string | undefined): string => Buffer.from(bytes ?? []).toString('hex')

const valuesOf = (attributes: Attributes): Record<string, string | number> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value ?? {})[0] ?? '']))
