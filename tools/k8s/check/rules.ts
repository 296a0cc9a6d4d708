import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

export const monitoring = join(import.meta.dirname, '../../../k8s/components/monitoring')

export interface Rule {
  record?: string
  alert?: string
  expr: string
  labels?: Record<string, string>
  annotations?: Record<string, string>
}
export interface RuleFile {
  name: string
  groups: { name: string; rules: Rule[] }[]
}

/** The rule files in Prometheus' own format, taken out of the Kubernetes objects. */
export const readRuleFiles = (): RuleFile[] =>
  ['records.yaml', 'alerts.yaml'].map((name) => {
    const { spec } = parse(readFileSync(join(monitoring, name), 'utf8')) as { spec: Omit<RuleFile, 'name'> }
    return { name, ...spec }
  })

export const rulesOf = (files: RuleFile[]): Rule[] =>
  files.flatMap(({ groups }) => groups.flatMap(({ rules }) => rules))

/** Labels distinguish the rules of an alert that has several. */
export const nameOfAlert = ({ alert, labels }: Rule): string =>
  [alert, ...Object.entries(labels ?? {}).map((each) => each.join('='))].join(' ')
