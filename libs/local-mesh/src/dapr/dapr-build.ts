import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { PartError } from '../parts/part.ts'
import { outputOf, runToEnd } from '../parts/run.ts'
import type { FindOptions } from '../parts/sources.ts'
import { isOlder } from '../parts/version.ts'

/** The first version that downloads the toolchain a module asks for. */
const oldestGo = '1.21.0'

export const goObstacle = async (env: NodeJS.ProcessEnv): Promise<string | undefined> => {
  const text = await outputOf('go', ['version'], { env })
  if (text === undefined) return 'Go is not installed'
  const version = text.match(/go(\d+\.\d+(?:\.\d+)?)/)?.[1] ?? '0.0.0'
  return isOlder(version, oldestGo) ? `Go ${version} is too old (needed: ${oldestGo})` : undefined
}

/**
 * Builds the sidecar inside its own module: `go install` refuses modules with `replace` directives. The tag
 * `stablecomponents` leaves out alpha components, which halves build time and size.
 */
export const buildDaprd = async (version: string, target: string, options: FindOptions): Promise<void> => {
  const env = goEnvironment(options, '-mod=readonly')
  const module = `github.com/dapr/dapr@v${version}`
  await runToEnd('go', ['mod', 'download', module], { ...options, env, cwd: dirname(target) })
  const cache = await outputOf('go', ['env', 'GOMODCACHE'], { env })
  if (!cache) throw new PartError('go env GOMODCACHE is empty')
  const source = join(dirname(target), 'source')
  await copyWritable(join(cache, module), source, options)
  await includeNameRegister(source)
  await goBuild(source, './cmd/daprd', target, `github.com/dapr/dapr/pkg/buildinfo.version=${version}`, {
    ...options,
    env,
    tags: 'stablecomponents',
  })
  await rm(source, { recursive: true })
}

/** Go's module cache is read-only and must stay so. */
export const copyWritable = (from: string, to: string, options: FindOptions): Promise<void> =>
  runToEnd('sh', ['-c', 'cp -R "$1" "$2" && chmod -R u+w "$2"', 'sh', from, to], options)

/**
 * Name resolution by SQLite (dapr/config.yaml) still counts as alpha, although SQLite is in the build anyway: this adds
 * the tag to that one file.
 */
const includeNameRegister = async (source: string): Promise<void> => {
  const file = join(source, 'cmd/daprd/components/nameresolution_sqlite.go')
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace('//go:build allcomponents', '//go:build allcomponents || stablecomponents'))
}

/**
 * Builds the command line tool as a dependency of a generated module: 1.16.5 needs a newer components-contrib than it
 * names.
 */
export const buildCli = async (version: string, target: string, options: FindOptions): Promise<void> => {
  const folder = join(dirname(target), 'module')
  await mkdir(folder)
  await writeFile(join(folder, 'go.mod'), cliModule(version))
  const env = goEnvironment(options, '-mod=mod')
  await goBuild(folder, 'github.com/dapr/cli', target, `main.version=${version}`, { ...options, env })
  await rm(folder, { recursive: true })
}

const cliModule = (version: string): string => `module taskflow/dapr-cli

go 1.24.9

require github.com/dapr/cli v${version}

replace github.com/dapr/components-contrib v1.16.3 => github.com/dapr/components-contrib v1.16.5
`

const goBuild = (
  folder: string,
  what: string,
  target: string,
  version: string,
  options: FindOptions & { env: NodeJS.ProcessEnv; tags?: string },
): Promise<void> => {
  const tags = options.tags ? ['-tags', options.tags] : []
  const args = ['build', ...tags, '-buildvcs=false', '-ldflags', `-s -w -X ${version}`, '-o', target, what]
  return runToEnd('go', args, { ...options, cwd: folder })
}

/** Keeps the user's proxy, cache and checksum settings, and overrides what would change the build. */
export const goEnvironment = ({ env }: FindOptions, flags: string): NodeJS.ProcessEnv => ({
  ...(env ?? process.env),
  CGO_ENABLED: '0',
  GOFLAGS: flags,
  GOWORK: 'off',
})
