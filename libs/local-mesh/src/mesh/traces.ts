/** What services and sidecars need to export traces to a collector; nothing when there is none. Unsaid, a sidecar speaks gRPC and TLS. */
export const tracesEnvironment = (endpoint: string | undefined): Record<string, string> =>
  endpoint
    ? {
        OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
        OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
        OTEL_EXPORTER_OTLP_INSECURE: String(endpoint.startsWith('http://')),
      }
    : {}
