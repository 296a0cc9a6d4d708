/** Exports traces of services and sidecars to a collector, if there is one. By default a sidecar uses gRPC and TLS. */
export const tracesEnvironment = (endpoint: string | undefined): Record<string, string> =>
  endpoint
    ? {
        OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
        OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
        OTEL_EXPORTER_OTLP_INSECURE: String(endpoint.startsWith('http://')),
      }
    : {}
