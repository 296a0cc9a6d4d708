import { existsSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { newSecrets } from '@taskflow/cluster-jobs/secrets'
import { readOptions } from '@taskflow/command-line'

const usage = `npm run k8s:secrets

Writes random secrets to k8s/components/secrets-from-file. Existing files are kept.

  --help   this text`

readOptions(usage, {})
const folder = join(import.meta.dirname, '../../../k8s/components/secrets-from-file')

for (const [name, values] of Object.entries(newSecrets())) {
  const file = join(folder, `${name}.env`)
  const shown = relative(process.cwd(), file)
  if (existsSync(file)) {
    console.log(`${shown} exists and is kept`)
    continue
  }
  const lines = Object.entries(values).map(([key, value]) => `${key}=${value}\n`)
  writeFileSync(file, lines.join(''), { mode: 0o600 })
  console.log(`created ${shown}`)
}
console.log('Fill in the addresses and passwords of external services, such as SMTP_URL.')
