import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readOptions } from '@taskflow/command-line'
import { dashboards, folder, textOf } from './dashboards/all.ts'

const usage = `npm run k8s:dashboards

Writes the dashboards of tools/k8s/generate/dashboards in Grafana's format to k8s/components/monitoring/dashboards.

  --help   this text`

readOptions(usage, {})
mkdirSync(folder, { recursive: true })
for (const [name, dashboard] of Object.entries(dashboards)) {
  writeFileSync(join(folder, `${name}.json`), textOf(dashboard))
  console.log(`${name}.json: ${dashboard.panels?.length} panels`)
}
