import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { monitoring, nameOfAlert, type RuleFile, rulesOf } from './rules.ts'

const tests = ['alerts.test.yaml', 'budget.test.yaml']

/** Runs the tests of the rules and lets Prometheus parse every rule and every query of the dashboards. */
export const promtool = (program: string, files: RuleFile[], queries: string[]): string[] => {
  const folder = mkdtempSync(join(tmpdir(), 'taskflow-rules-'))
  try {
    const rules = queries.map((expr, index) => ({ record: `dashboard:query:${index}`, expr }))
    const written = [...files, { name: 'dashboards.yaml', groups: [{ name: 'dashboards', rules }] }]
    for (const { name, groups } of written) writeFileSync(join(folder, name), stringify({ groups }))
    for (const name of tests) copyFileSync(join(monitoring, name), join(folder, name))
    const run = (...args: string[]): string[] => {
      const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: 'utf8' })
      return status === 0 ? [] : [`promtool ${args.slice(0, 2).join(' ')}: ${stdout}${stderr}`]
    }
    return [
      ...run('check', 'rules', '--lint=all', '--lint-fatal', ...written.map(({ name }) => name)),
      ...run('test', 'rules', ...tests),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Tests {
  tests: { alert_rule_test: { alertname: string; exp_alerts: { exp_labels: Record<string, string> }[] }[] }[]
}

/** Alerts without a test in which they fire, or without one in which they do not. */
export const untested = (files: RuleFile[]): string[] => {
  const cases = tests.flatMap((name) =>
    (parse(readFileSync(join(monitoring, name), 'utf8')) as Tests).tests.flatMap((each) => each.alert_rule_test),
  )
  return rulesOf(files)
    .filter(({ alert }) => alert)
    .flatMap((rule) => {
      const own = cases.filter(({ alertname }) => alertname === rule.alert)
      const isOfRule = (labels: Record<string, string>) =>
        Object.entries(rule.labels ?? {}).every(([label, value]) => labels[label] === value)
      return [
        ...(own.some(({ exp_alerts }) => exp_alerts.some((each) => isOfRule(each.exp_labels))) ? [] : ['fires']),
        ...(own.some(({ exp_alerts }) => exp_alerts.length === 0) ? [] : ['is silent']),
      ].map((what) => `monitoring/*.test.yaml: no case in which ${nameOfAlert(rule)} ${what}`)
    })
}
