import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { services } from '@taskflow/service-kit'
import { dashboards, folder, textOf } from '../generate/dashboards/all.ts'
import { checkQuery, queriesOf, withRecorded } from './check-queries.ts'
import { knownMetrics } from './known-metrics.ts'
import { promtool, untested } from './promtool.ts'
import { nameOfAlert, readRuleFiles, rulesOf } from './rules.ts'

const docs = join(import.meta.dirname, '../../../docs')

/** Checks that rules, their tests, dashboards, runbooks and docs/observability.md name what exists. */
export const checkMonitoring = async (tools: { promtool: string }): Promise<string[]> => {
  const exported = await knownMetrics()
  const files = readRuleFiles()
  const rules = rulesOf(files)
  const { known, problems } = withRecorded(exported, rules)
  const queries = Object.entries(dashboards).flatMap(([name, dashboard]) =>
    queriesOf(dashboard).map((query) => ({ where: `dashboard ${name}`, query })),
  )
  const alerts = rules.filter(({ alert }) => alert)
  const used = [...queries, ...alerts.map((rule) => ({ where: nameOfAlert(rule), query: rule.expr }))]
  return [
    ...problems,
    ...used.flatMap(({ where, query }) => checkQuery(query, known).map((problem) => `${where}: ${problem}: ${query}`)),
    ...promtool(
      tools.promtool,
      files,
      queries.map(({ query }) => query),
    ),
    ...untested(files),
    ...alerts.flatMap((rule) => {
      const page = rule.annotations?.runbook_url ?? ''
      return /^runbooks\/[\w-]+\.md$/.test(page) && existsSync(join(docs, page))
        ? []
        : [`${nameOfAlert(rule)}: docs/${page} does not exist`]
    }),
    ...Object.entries(dashboards).flatMap(([name, dashboard]) => {
      const file = join(folder, `${name}.json`)
      return existsSync(file) && readFileSync(file, 'utf8') === textOf(dashboard)
        ? []
        : [`${name}.json differs from tools/k8s/generate/dashboards: npm run k8s:dashboards`]
    }),
    ...misdescribed(
      [...exported.keys()],
      alerts.map(({ alert }) => alert!),
    ),
  ]
}

/** docs/observability.md must describe all our metrics and alerts; neither it nor a runbook may name others. */
const misdescribed = (metrics: string[], alerts: string[]): string[] => {
  const page = 'observability.md'
  const ours = metrics.filter((name) => name.startsWith('taskflow_')).map(ofHistogram)
  const existing = new Set([...ours, ...alerts])
  const roles = new Set<string>(Object.values(services).map(({ role }) => role))
  const pages = [page, ...globSync('runbooks/*.md', { cwd: docs })].map((file) => {
    const names = readFileSync(join(docs, file), 'utf8').match(/\btaskflow_[a-z]\w*|\bTaskflow[A-Z]\w*/g) ?? []
    return { file, named: new Set(names.map(ofHistogram)).difference(roles) }
  })
  return [
    ...[...existing.difference(pages[0]!.named)].map((name) => `docs/${page} does not describe ${name}`),
    ...pages.flatMap(({ file, named }) =>
      [...named.difference(existing)].map((name) => `docs/${file} names ${name}, which does not exist`),
    ),
  ]
}

const ofHistogram = (name: string): string => name.replace(/_(bucket|count|sum)$/, '')
