import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serviceNames } from '@taskflow/service-kit'
import { checkQuery, queriesOf, withRecorded } from '../k8s/check/check-queries.ts'
import { checkTargets } from '../k8s/check/check-targets.ts'
import { knownMetrics, type Metric } from '../k8s/check/known-metrics.ts'
import { readPromql } from '../k8s/check/promql.ts'
import { untested } from '../k8s/check/promtool.ts'
import { readRuleFiles } from '../k8s/check/rules.ts'
import { dashboards } from '../k8s/generate/dashboards/all.ts'
import { dashboard, lines } from '../k8s/generate/dashboards/panels.ts'

const known = new Map<string, Metric>([
  ['a_total', { labels: new Set(['namespace', 'service', 'topic']), services: new Set(['chat-api']) }],
  ['b_bucket', { labels: new Set(['namespace', 'service', 'le']), services: new Set(['chat-api', 'audit-logger']) }],
])

test('a query is parsed into its metrics and labels', () => {
  assert.deepEqual(
    readPromql(
      'sum by (x) (rate(a_total{s="t", u!="v"}[5m])) / on (x) group_left (y) label_replace(b, "c", "$1", "d", "(.+)")',
    ),
    {
      selectors: [
        { metric: 'a_total', labels: { s: 't', u: undefined } },
        { metric: 'b', labels: {} },
      ],
      labels: ['x', 'x', 'y', 'd'],
      made: ['c'],
    },
  )
})

for (const [what, query, problem] of [
  ['no PromQL', 'sum(rate(a_total[5m])', 'not PromQL at 21: it ends'],
  ['a metric that nothing exports', 'rate(c_total[5m])', 'nothing exports c_total'],
  ['a label that a metric does not have', 'a_total{tpoic="x"}', 'a_total has no label tpoic'],
  ['a label that nothing has', 'sum by (state) (a_total)', 'nothing here has a label state'],
  ['a service that does not export it', 'a_total{service="audit-logger"}', 'audit-logger does not export a_total'],
] as const) {
  test(`found in a query: ${what}`, () => assert.deepEqual(checkQuery(query, known), [problem]))
}

test('correct queries have no findings', () => {
  for (const query of [
    'histogram_quantile(0.9, sum by (service, le) (rate(b_bucket{service="audit-logger"}[5m])))',
    'sum by (consumer) (label_replace(a_total, "consumer", "$1", "service", "(.+)")) or vector(0)',
  ]) {
    assert.deepEqual(checkQuery(query, known), [], query)
  }
})

test('recorded metrics are known to later queries, with the labels in their name', () => {
  const rules = [
    { record: 'service_topic:a:rate5m', expr: 'sum by (namespace, service, topic) (rate(a_total[5m]))' },
    { record: 'service:a:rate5m', expr: 'sum by (namespace, service) (service_topic:a:rate5m)' },
  ]
  const all = withRecorded(known, rules)
  assert.deepEqual(all.problems, [])
  assert.deepEqual(checkQuery('service:a:rate5m{service="audit-logger", topic="x"}', all.known), [
    'service:a:rate5m has no label topic',
    'audit-logger does not export service:a:rate5m',
  ])
  assert.deepEqual(withRecorded(known, [{ record: 'service:a:sum', expr: 'sum by (service) (a_total)' }]).problems, [
    'service:a:sum: its level names namespace, service, it has service',
  ])
})

test('the queries of a dashboard are those of its panels and its variables', () => {
  const made = dashboard('x', 'X', 'for a test', [
    ['Row', lines('A', 'all', 's', ['rate(a_total[$__rate_interval])', ''])],
  ])
  assert.deepEqual(queriesOf(made), [
    'rate(a_total[5m])',
    'count by (namespace) (taskflow_database_up)',
    'count by (service) (taskflow_database_up{namespace="$namespace"})',
  ])
  for (const { panels = [] } of Object.values(dashboards)) {
    assert.equal(new Set(panels.map(({ id }) => id)).size, panels.length, 'each panel has an id of its own')
  }
})

test('an alert without a test is reported', () => {
  const files = readRuleFiles()
  const forgotten = { alert: 'TaskflowForgotten', expr: 'vector(1)', labels: { severity: 'warning' } }
  const more = [...files, { name: 'more.yaml', groups: [{ name: 'more', rules: [forgotten] }] }]
  assert.deepEqual(untested(more).slice(untested(files).length), [
    'monitoring/*.test.yaml: no case in which TaskflowForgotten severity=warning fires',
    'monitoring/*.test.yaml: no case in which TaskflowForgotten severity=warning is silent',
  ])
})

test('the metrics of every service are known without starting it', async () => {
  const all = await knownMetrics()
  assert.deepEqual([...all.get('taskflow_outbox_events')!.services!].sort(), [...serviceNames].sort())
  assert.deepEqual([...all.get('taskflow_reminder_lateness_seconds_bucket')!.services!], ['reminder-service'])
  assert.ok(
    all.get('taskflow_events_taken_total')!.labels.isSupersetOf(new Set(['topic', 'outcome', 'service', 'pod'])),
  )
})

test('services and sidecars that Prometheus does not scrape are found', () => {
  const labels = (name: string) => ({ 'app.kubernetes.io/name': name, component: 'service' })
  const objects = serviceNames.flatMap((name) => [
    { kind: 'Service', metadata: { name, labels: labels(name) }, spec: { ports: [{ name: 'http' }] } },
    { kind: 'Deployment', metadata: { name }, spec: { template: { metadata: { labels: labels(name) } } } },
  ])
  const values = serviceNames.filter((name) => name !== 'audit-logger')
  const selector = { matchExpressions: [{ key: 'app.kubernetes.io/name', operator: 'In', values }] }
  const monitor = { kind: 'ServiceMonitor', metadata: { name: 'm' }, spec: { selector, endpoints: [{ port: 'http' }] } }
  const endpoints = [{ port: 'dapr-metrics' }]
  const sidecars = {
    kind: 'PodMonitor',
    metadata: { name: 'p' },
    spec: { selector: {}, podMetricsEndpoints: endpoints },
  }
  const found = (...more: object[]) => checkTargets([...objects, ...more]).map(({ object }) => object)
  assert.deepEqual(found(monitor, sidecars), ['Service/audit-logger'])
  assert.equal(found(monitor).length, serviceNames.length + 1)
  assert.deepEqual(found(), [], 'without monitoring nobody is asked')
})
