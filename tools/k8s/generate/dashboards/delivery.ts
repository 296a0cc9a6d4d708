import { dashboard, lines, number, quantiles } from './panels.ts'

const all = 'namespace="$namespace", service=~"$service"'
const rate = '[$__rate_interval]'

export const delivery = dashboard(
  'taskflow-delivery',
  'TaskFlow delivery',
  'The way of events: outbox, Kafka, inbox, retries',
  [
    [
      'State',
      number(
        'In outboxes',
        'Events that wait to be published',
        'short',
        `sum(max by (service) (taskflow_outbox_events{${all}}))`,
        10_000,
      ),
      number('Oldest of them', 'Since when it waits', 's', `max(taskflow_outbox_oldest_age_seconds{${all}})`, 60),
      number(
        'Outboxes without a relay',
        'That nobody publishes',
        'short',
        `count(max by (service) (taskflow_outbox_relay_active{${all}}) == 0) or vector(0)`,
        1,
      ),
      number(
        'Rejected',
        'Events that cannot be published',
        'short',
        `sum(max by (service) (taskflow_outbox_rejected_events{${all}}))`,
        1,
      ),
      number(
        'Deferred',
        'Events that are tried again',
        'short',
        `sum(max by (service) (taskflow_inbox_events{state="deferred", ${all}})) or vector(0)`,
        100,
      ),
      number(
        'Parked',
        'Events given up, that wait for an operator',
        'short',
        `sum(max by (service) (taskflow_inbox_events{state="parked", ${all}})) or vector(0)`,
        1,
      ),
    ],
    [
      'Outbox',
      lines('Waiting', 'Events in the outbox, counted up to 100,000', 'short', [
        `max by (service) (taskflow_outbox_events{${all}})`,
        '{{service}}',
      ]),
      lines('Age', 'Of the oldest event in the outbox; an alert from 60 s on', 's', [
        `max by (service) (taskflow_outbox_oldest_age_seconds{${all}})`,
        '{{service}}',
      ]),
      lines('Published', 'Events a second that got into Kafka', 'eps', [
        `service_topic:taskflow_events_published:rate5m{${all}}`,
        '{{service}} {{topic}}',
      ]),
      lines('Time to publish', 'One bulk call to the sidecar, 95 of 100', 's', [
        `service_topic:taskflow_publish_duration_seconds:p95_5m{${all}}`,
        '{{service}} {{topic}}',
      ]),
      lines('Failed calls', 'Bulk calls a second that failed as a whole', 'ops', [
        `sum by (service, topic) (rate(taskflow_publish_duration_seconds_count{result="failed", ${all}}${rate}))`,
        '{{service}} {{topic}}',
      ]),
      lines('Published again', 'Events a second that a call did not get into Kafka, or not for sure', 'eps', [
        `sum by (service, topic) (rate(taskflow_publish_retries_total{${all}}${rate}))`,
        '{{service}} {{topic}}',
      ]),
    ],
    [
      'Kafka and sidecars',
      lines('Lag', 'Events that wait for a consumer; an alert from 10,000 on, or when nothing is taken', 'short', [
        'consumer_topic:taskflow_consumer_lag_events:max{namespace="$namespace", consumer=~"$service"}',
        '{{consumer}} {{topic}}',
      ]),
      lines('Sidecars: published', 'Bulk calls a second to Kafka, by success', 'ops', [
        `sum by (topic, success) (rate(dapr_component_pubsub_egress_bulk_count{${all}}${rate}))`,
        '{{topic}} {{success}}',
      ]),
      lines('Sidecars: delivered', 'Batches a second', 'ops', [
        `sum by (service, topic) (rate(dapr_component_pubsub_ingress_bulk_count{${all}}${rate}))`,
        '{{service}} {{topic}}',
      ]),
    ],
    [
      'Inbox',
      lines('Taken', 'Events a second, by outcome', 'eps', [
        `sum by (outcome) (rate(taskflow_events_taken_total{${all}}${rate}))`,
        '{{outcome}}',
      ]),
      lines(
        'From cause to effect',
        'From the time of an event until it was handled, all topics',
        's',
        ...['p50', 'p95', 'p99'].map(
          (name) =>
            [
              `max by (service) (service_topic:taskflow_event_delay_seconds:${name}_5m{${all}})`,
              `{{service}} ${name}`,
            ] as const,
        ),
      ),
      lines(
        'Time to handle',
        'A batch with its transaction',
        's',
        ...quantiles('service_topic:taskflow_handle_duration_seconds', all, '{{service}} {{topic}}'),
      ),
      lines('Refused', 'Batches a second that could not be written down; they come again', 'ops', [
        `sum by (service, topic) (rate(taskflow_deliveries_refused_total{${all}}${rate}))`,
        '{{service}} {{topic}}',
      ]),
      lines('Tried again', 'Attempts a second at deferred events', 'ops', [
        `sum by (service, topic, result) (rate(taskflow_handler_retries_total{${all}}${rate}))`,
        '{{service}} {{topic}} {{result}}',
      ]),
      lines('Given up', 'Events in an hour', 'short', [
        `sum by (service, topic) (increase(taskflow_dead_letters_total{${all}}[1h]))`,
        '{{service}} {{topic}}',
      ]),
      lines('Held back', 'Events that are deferred or parked', 'short', [
        `max by (service, state) (taskflow_inbox_events{${all}})`,
        '{{service}} {{state}}',
      ]),
    ],
  ],
)
