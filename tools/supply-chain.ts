import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readOptions } from '@taskflow/command-line'

const usage = `npm run supply-chain

Writes the bill of materials of production (CycloneDX) to .taskflow/sbom.json and looks up known vulnerabilities in the
registry. Exits with 1 for one of high or critical severity that tools/supply-chain.ts does not excuse.

  --require-answer   exit with 1, too, when the registry does not answer
  --help             this text`

const options = readOptions(usage, { 'require-answer': { type: 'boolean' } })

/** Known vulnerabilities that do not affect us. */
const excused: Record<string, string> = {
  // 'package name': 'why it does not affect us'
}

const root = join(import.meta.dirname, '..')
const npm = (...args: string[]) =>
  spawnSync('npm', [...args, '--omit=dev', '--fetch-retries=1', '--fetch-timeout=20000'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
  })

const sbom = npm('sbom', '--sbom-format=cyclonedx')
if (sbom.status !== 0) {
  console.error(`npm could not list what is installed; run npm ci first:\n${sbom.stderr}`)
  process.exit(1)
}
mkdirSync(join(root, '.taskflow'), { recursive: true })
writeFileSync(join(root, '.taskflow/sbom.json'), sbom.stdout)
const { components } = JSON.parse(sbom.stdout) as { components: unknown[] }
console.log(`${components.length} packages, listed in .taskflow/sbom.json`)

interface Advisories {
  vulnerabilities?: Record<string, { severity: string; via: unknown[] }>
}
const parse = (text: string): Advisories => {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}
const { vulnerabilities } = parse(npm('audit', '--json').stdout)
if (!vulnerabilities) {
  const what = 'known vulnerabilities: not looked up, the registry in use does not answer npm audit'
  if (options['require-answer']) {
    console.error(`${what}: try again, or use a registry that has advisories`)
    process.exit(1)
  }
  console.log(what)
} else {
  const bad = Object.entries(vulnerabilities).filter(
    ([name, { severity }]) => ['high', 'critical'].includes(severity) && !Object.hasOwn(excused, name),
  )
  for (const [name, { severity, via }] of bad) console.error(`${severity}: ${name} ${JSON.stringify(via)}`)
  console.log(`known vulnerabilities of high severity: ${bad.length}`)
  if (bad.length > 0) process.exit(1)
}
