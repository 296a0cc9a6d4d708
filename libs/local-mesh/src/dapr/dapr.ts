import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { cached, exists } from '../parts/cache.ts'
import { outputOf } from '../parts/run.ts'
import { type FindOptions, type Outlook, obtain, outlook, type Source } from '../parts/sources.ts'
import { isOlder } from '../parts/version.ts'
import { buildCli, buildDaprd, goObstacle } from './dapr-build.ts'
import { fetchRelease, releaseObstacle } from './dapr-release.ts'
import { type DaprProgram, daprVersions } from './versions.ts'

/** Older versions lack bulk subscriptions with raw payloads, and run files with an empty scheduler address. */
const oldest: Record<DaprProgram, string> = { daprd: '1.18.0', dapr: '1.16.0' }

export interface Dapr {
  /** Absolute paths of the two programs. */
  daprd: string
  dapr: string
  version: string
  /** Where daprd came from, for people. */
  source: string
}

export interface FoundProgram {
  path: string
  version: string
  source: string
}

export const daprFix =
  'install Go 1.26 or newer, or Dapr itself (docs.dapr.io/getting-started/install-dapr-cli) followed by: dapr init --slim'

/** Finds both programs or obtains them: PATH and ~/.dapr/bin, the cache, the release archive, a build with Go. */
export const findDapr = async (options: FindOptions): Promise<Dapr> => {
  const { report, signal } = options
  const daprd = await obtain('Dapr sidecar', daprSources('daprd', options), { report, signal, fix: daprFix })
  const dapr = await obtain('Dapr command line', daprSources('dapr', options), { report, signal, fix: daprFix })
  return { daprd: daprd.path, dapr: dapr.path, version: daprd.version, source: daprd.source }
}

/** For the doctor: what `findDapr` would find or obtain. */
export const daprOutlook = (program: DaprProgram, options: FindOptions): Promise<Outlook<FoundProgram>> =>
  outlook(daprSources(program, options))

const daprSources = (program: DaprProgram, options: FindOptions): Source<FoundProgram>[] => {
  const { cacheDir, report, signal } = options
  const env = options.env ?? process.env
  const version = daprVersions[program]
  const folder = `${program}-${version}-${process.platform}-${process.arch}`
  const file = join(cacheDir, folder, program)
  const fill = (how: (target: string) => Promise<void>, source: string) => async () => {
    await cached(cacheDir, folder, (made) => how(join(made, program)), { report, signal })
    return { path: file, version, source }
  }
  return [
    { name: 'PATH or ~/.dapr/bin', find: () => installed(program, env) },
    {
      name: 'the cache',
      find: async () => ((await exists(file)) ? { path: file, version, source: 'cache' } : undefined),
    },
    {
      name: 'the release archive',
      obtain: {
        cost: 'a download of about 100 MB',
        obstacle: () => releaseObstacle(program, version),
        run: fill((target) => fetchRelease(program, version, target, options), 'release archive'),
      },
    },
    {
      name: 'a build with Go',
      obtain: {
        cost: program === 'daprd' ? 'about 5 minutes, once' : 'about 2 minutes, once',
        obstacle: () => goObstacle(env),
        run: fill((target) => (program === 'daprd' ? buildDaprd : buildCli)(version, target, options), 'built with Go'),
      },
    },
  ]
}

/** A program the user installed, if it is recent enough. */
const installed = async (program: DaprProgram, env: NodeJS.ProcessEnv): Promise<FoundProgram | undefined> => {
  const home = env.HOME || homedir()
  const folders = [
    ...(env.PATH ?? '').split(':').filter((folder) => folder && !folder.includes('node_modules')),
    // Of .taskflow/env, it would be our own script, which calls the program that is looked for.
    ...(env.DAPR_RUNTIME_PATH && !env.TASKFLOW_LOCAL ? [join(env.DAPR_RUNTIME_PATH, '.dapr', 'bin')] : []),
    join(home, '.dapr', 'bin'),
  ]
  for (const folder of folders) {
    const path = join(folder, program)
    if (!(await exists(path))) continue
    const version = (await outputOf(path, ['--version']))?.match(/\d+\.\d+\.\d+/)?.[0]
    if (version && !isOlder(version, oldest[program])) return { path, version, source: folder }
  }
  return undefined
}

export const daprCliFolder = (dapr: Dapr): string => dirname(dapr.dapr)
