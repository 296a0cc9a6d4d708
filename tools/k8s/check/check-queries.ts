import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard'
import type { Metric } from './known-metrics.ts'
import { readPromql } from './promql.ts'
import type { Rule } from './rules.ts'

type Known = Map<string, Metric>

/** Problems of the names in a query: metrics that nothing exports, labels that they do not have. */
export const checkQuery = (text: string, known: Known): string[] => {
  let query: ReturnType<typeof readPromql>
  try {
    query = readPromql(text)
  } catch (error) {
    return [(error as Error).message]
  }
  const labels = new Set(query.made)
  const problems = query.selectors.flatMap(({ metric, labels: chosenBy }) => {
    const found = known.get(metric)
    if (!found) return [`nothing exports ${metric}`]
    for (const label of found.labels) labels.add(label)
    const { service } = chosenBy
    return [
      ...Object.keys(chosenBy).flatMap((label) => (found.labels.has(label) ? [] : [`${metric} has no label ${label}`])),
      ...(service && found.services?.has(service) === false ? [`${service} does not export ${metric}`] : []),
    ]
  })
  if (problems.length > 0) return problems
  return query.labels.flatMap((label) => (labels.has(label) ? [] : [`nothing here has a label ${label}`]))
}

/**
 * `known` and the recorded metrics. Their level names their labels: service_topic:... has namespace, service, topic.
 */
export const withRecorded = (known: Known, rules: Rule[]): { known: Known; problems: string[] } => {
  const all = new Map(known)
  const problems: string[] = []
  for (const { record, expr } of rules) {
    if (!record) continue
    const wrong = checkQuery(expr, all)
    problems.push(...wrong.map((problem) => `${record}: ${problem}`))
    if (wrong.length > 0) continue
    const { selectors, labels, made } = readPromql(expr)
    const level = new Set(['namespace', ...record.split(':')[0]!.split('_')])
    const left = new Set(labels.filter((label) => label !== 'le' && (level.has(label) || made.length === 0)))
    if (level.symmetricDifference(left).size > 0) {
      problems.push(`${record}: its level names ${[...level].join(', ')}, it has ${[...left].join(', ')}`)
    }
    const services = selectors.flatMap(({ metric }) => [...(all.get(metric)?.services ?? [])])
    all.set(record, { labels: level, ...(services.length > 0 ? { services: new Set(services) } : {}) })
  }
  return { known: all, problems }
}

/** The queries of a dashboard, with Grafana's variables replaced by values. */
export const queriesOf = ({ panels = [], templating }: Dashboard): string[] => {
  const ofPanels = panels.flatMap((panel) =>
    (('targets' in panel && panel.targets) || []).map((target) => (target as { expr?: string }).expr ?? ''),
  )
  const ofVariables = (templating.list ?? []).flatMap(({ type, query }) => {
    if (type !== 'query') return []
    const [, metric, label] = String(query).match(/^label_values\((.+), (\w+)\)$/) ?? []
    return [`count by (${label}) (${metric})`]
  })
  return [...ofPanels, ...ofVariables].map((query) => query.replaceAll('$__rate_interval', '5m'))
}
