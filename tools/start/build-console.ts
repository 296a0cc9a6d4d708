import { globSync, statSync, utimesSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Report } from '@taskflow/local-mesh'
import { runToEnd } from '@taskflow/local-mesh'
import type { Paths } from './paths.ts'

/**
 * Builds the web page (apps/console) when it is missing or older than its sources; Nx may take it from its cache. When
 * the build fails, everything else still runs.
 */
export const buildConsole = async (paths: Paths, context: { report: Report; signal: AbortSignal }): Promise<void> => {
  const { report, signal } = context
  const page = join(paths.console, 'dist/index.html')
  if (isNewer(page, sourcesOf(paths))) return
  report('Building the web page (a few seconds, once) ...')
  const nx = join(paths.root, 'node_modules/nx/dist/bin/nx.js')
  const env = { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false', FORCE_COLOR: '0' }
  const logFile = paths.log('console-build')
  try {
    await runToEnd(process.execPath, [nx, 'run', 'console:build'], { cwd: paths.root, env, logFile, signal })
    // A page from the cache has the time of its build.
    utimesSync(page, new Date(), new Date())
  } catch {
    signal.throwIfAborted()
    report(`The web page could not be built; everything else runs. See ${relative(paths.root, logFile)}`)
  }
}

const sourcesOf = ({ root, console: folder }: Paths): string[] => [
  ...globSync(['src/**/*', 'public/**/*', '*.{html,ts,json}'], { cwd: folder }).map((name) => join(folder, name)),
  join(root, 'package-lock.json'),
]

const isNewer = (file: string, sources: string[]): boolean => {
  const time = modified(file)
  return time !== undefined && sources.every((source) => (modified(source) ?? 0) <= time)
}

const modified = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs
