import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readOptions } from '@taskflow/command-line'
import { defaultCacheDir, describeError, fixOf, isAlive, readRecords } from '@taskflow/local-mesh'
import { portProblems } from './start/check-ports.ts'
import { type Check, checkParts } from './start/checks.ts'
import { pathsOf } from './start/paths.ts'
import { portsOfSettings, readSettings, type Settings } from './start/settings.ts'

const usage = `npm run doctor

Shows what npm start would find and download. Starts and downloads nothing. Exits with 1 when something is missing.

  --help   this text`

readOptions(usage, {})
const paths = pathsOf(dirname(dirname(fileURLToPath(import.meta.url))))
const marks: Record<Check['state'], string> = { ok: 'ok', obtainable: 'will be fetched', missing: 'MISSING' }

/** Always ok: this program runs only with installed packages and the project's Node. */
const nodeCheck = (): Check => ({
  part: 'Node and packages',
  state: 'ok',
  detail: `Node ${process.versions.node}, ${process.platform} ${process.arch}`,
})

const portsCheck = async (settings: Settings): Promise<Check> => {
  if (readRecords(paths.processes).some(isAlive)) {
    return { part: 'Ports', state: 'ok', detail: 'TaskFlow is running from this folder' }
  }
  const problems = await portProblems(portsOfSettings(settings))
  if (problems.length === 0) return { part: 'Ports', state: 'ok', detail: 'all free' }
  return {
    part: 'Ports',
    state: 'missing',
    detail: problems.join('; '),
    fix: 'set the named variables to other ports',
  }
}

const print = (checks: Check[]): void => {
  const width = (pick: (check: Check) => string) => Math.max(...checks.map((check) => pick(check).length)) + 2
  const [parts, states] = [width(({ part }) => part), width(({ state }) => marks[state])]
  for (const { part, state, detail, fix } of checks) {
    process.stdout.write(`${part.padEnd(parts)}${marks[state].padEnd(states)}${detail}\n`)
    if (fix) process.stdout.write(`${' '.repeat(parts + states)}to fix it: ${fix}\n`)
  }
}

try {
  const settings = readSettings(process.env)
  const search = {
    cacheDir: defaultCacheDir(process.env),
    logFile: join(tmpdir(), 'taskflow-doctor.log'),
    report: () => {},
  }
  const checks = [nodeCheck(), ...(await checkParts(settings, search)), await portsCheck(settings)]
  print(checks)
  process.exit(checks.some(({ state }) => state === 'missing') ? 1 : 0)
} catch (error) {
  const fix = fixOf(error)
  process.stderr.write(`${describeError(error)}${fix ? ` To fix it: ${fix}` : ''}\n`)
  process.exit(1)
}
