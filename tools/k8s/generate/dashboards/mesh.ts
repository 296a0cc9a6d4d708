import { dashboard, lines, number, quantiles } from './panels.ts'

const all = 'namespace="$namespace", service=~"$service"'
const chatApi = 'namespace="$namespace", service="chat-api"'

export const mesh = dashboard('taskflow-mesh', 'TaskFlow mesh', 'Whether everything runs, and what flows through it', [
  [
    'State',
    number(
      'Alerts',
      'That fire now',
      'short',
      `count(ALERTS{alertname=~"Taskflow.*", alertstate="firing"}) or vector(0)`,
      1,
    ),
    number(
      'Replicas that do not answer',
      'To Prometheus',
      'short',
      `count(up{endpoint="http", ${all}} == 0) or vector(0)`,
      1,
    ),
    number(
      'Without a sidecar',
      'Replicas whose sidecar does not work',
      'short',
      `count(taskflow_sidecar_up{${all}} == 0) or vector(0)`,
      1,
    ),
    number(
      'Without the database',
      'Replicas that cannot reach Postgres',
      'short',
      `count(taskflow_database_up{${all}} == 0) or vector(0)`,
      1,
    ),
    number(
      'Requests that failed in 3 days',
      'Allowed: 0.1 %',
      'percentunit',
      `service:taskflow_http_errors:ratio3d{${chatApi}} or vector(0)`,
      0.001,
    ),
    number(
      'Dead letters',
      'Events given up, that wait for an operator',
      'short',
      `sum(max by (service) (taskflow_inbox_events{state="parked", ${all}})) or vector(0)`,
      1,
    ),
  ],
  [
    'Requests',
    lines('Requests', 'A second, answered', 'reqps', [`service:taskflow_http_requests:rate5m{${all}}`, '{{service}}']),
    lines('Failed requests', 'Share of those that failed because of us (5xx)', 'percentunit', [
      `service:taskflow_http_errors:ratio5m{${all}}`,
      '{{service}}',
    ]),
    lines(
      'Time to answer',
      'chat-api',
      's',
      ...quantiles('service:taskflow_http_request_duration_seconds', chatApi, ''),
    ),
    lines('Slowest routes', '95 of 100 requests take at most', 's', [
      `topk(5, histogram_quantile(0.95, sum by (method, route, le) (rate(taskflow_http_request_duration_seconds_bucket{${all}}[$__rate_interval]))))`,
      '{{method}} {{route}}',
    ]),
    lines('Failing routes', 'Failed requests a second', 'reqps', [
      `topk(5, sum by (service, method, route, status) (rate(taskflow_http_request_duration_seconds_count{status=~"5..", ${all}}[$__rate_interval])))`,
      '{{service}} {{method}} {{route}} {{status}}',
    ]),
    lines(
      'Refused requests',
      'A second: without a right to it (401, 403), wrong (400, 422), too many (429) ...',
      'reqps',
      [
        `sum by (status) (rate(taskflow_http_request_duration_seconds_count{status=~"4..", ${all}}[$__rate_interval]))`,
        '{{status}}',
      ],
    ),
  ],
  [
    'Events',
    lines('Published', 'Events a second that got into Kafka', 'eps', [
      `service_topic:taskflow_events_published:rate5m{${all}}`,
      '{{service}} {{topic}}',
    ]),
    lines('Taken', 'Events a second, all topics', 'eps', [
      `sum by (service) (service_topic:taskflow_events_taken:rate5m{${all}})`,
      '{{service}}',
    ]),
    lines(
      'From cause to effect',
      '95 of 100 events are handled at most this long after they happened; promised are 25 ms on a quiet machine',
      's',
      [`service_topic:taskflow_event_delay_seconds:p95_5m{${all}}`, '{{service}} {{topic}}'],
    ),
    lines('Occurrences', 'Next tasks of a series, made a second', 'eps', [
      `sum by (cause) (rate(taskflow_occurrences_total{namespace="$namespace"}[$__rate_interval]))`,
      '{{cause}}',
    ]),
    lines(
      'Audit log',
      'Records that are not verified yet, and not covered by a signed checkpoint',
      'short',
      [
        'max(taskflow_audit_chain_position{namespace="$namespace"}) - max(taskflow_audit_chain_verified_position{namespace="$namespace"})',
        'to verify',
      ],
      [
        'max(taskflow_audit_chain_position{namespace="$namespace"}) - max(taskflow_audit_checkpoint_position{namespace="$namespace"})',
        'to sign',
      ],
    ),
    lines('Audit log is whole', '1: every record fits the chain', 'short', [
      'min(taskflow_audit_chain_intact{namespace="$namespace"})',
      'intact',
    ]),
  ],
  [
    'Processes',
    lines('Processor time', 'Of services, without sidecars; 1 is a core', 'short', [
      `sum by (service) (rate(process_cpu_seconds_total{endpoint="http", ${all}}[$__rate_interval]))`,
      '{{service}}',
    ]),
    lines('Memory', 'Of each replica', 'bytes', [`process_resident_memory_bytes{endpoint="http", ${all}}`, '{{pod}}']),
    lines('Event loop', 'How late Node.js comes to what it should do, 99 of 100', 's', [
      `nodejs_eventloop_lag_p99_seconds{${all}}`,
      '{{pod}}',
    ]),
    lines(
      'Connections to the database',
      'In use, and requests that wait for one',
      'short',
      [`sum by (service) (taskflow_database_connections{state="used", ${all}})`, '{{service}} used'],
      [`sum by (service) (taskflow_database_connections{state="waiting", ${all}})`, '{{service}} waiting'],
    ),
    lines('Sidecars: memory', 'Of each daprd', 'bytes', [
      `process_resident_memory_bytes{endpoint="dapr-metrics", ${all}}`,
      '{{pod}}',
    ]),
    lines('Restarts', 'Of containers, in the last hour', 'short', [
      'sum by (pod, container) (increase(kube_pod_container_status_restarts_total{namespace="$namespace"}[1h])) > 0',
      '{{pod}} {{container}}',
    ]),
  ],
])
