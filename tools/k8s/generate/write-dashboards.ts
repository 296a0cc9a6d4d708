import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dashboards, folder, textOf } from './dashboards/all.ts'

/** `npm run k8s:dashboards`: writes the dashboards of tools/k8s/generate/dashboards in Grafana's format. */
mkdirSync(folder, { recursive: true })
for (const [name, dashboard] of Object.entries(dashboards)) {
  writeFileSync(join(folder, `${name}.json`), textOf(dashboard))
  console.log(`${name}.json: ${dashboard.panels?.length} panels`)
}
