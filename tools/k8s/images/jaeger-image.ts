import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  cached,
  copyWritable,
  defaultCacheDir,
  describeError,
  goEnvironment,
  goObstacle,
  outputOf,
  PartError,
  type Report,
  runToEnd,
} from '@taskflow/local-mesh'

/** Jaeger 2.13.0 was released under both version numbers. */
const module = 'github.com/jaegertracing/jaeger@v1.76.0'
const overlay = join(import.meta.dirname, '../../../k8s/overlays/minikube/jaeger.yaml')
const image = readFileSync(overlay, 'utf8').match(/image: (jaegertracing\/jaeger:\S+)/)?.[1] ?? ''

/**
 * The Jaeger image of the minikube overlay in the local Docker: pulled or, without a registry, built from its Go
 * module, which lacks only the pages. Undefined when neither works: traces are then not shown, everything else works.
 */
export const jaegerImage = async (env: NodeJS.ProcessEnv, report: Report): Promise<string | undefined> => {
  if (docker('image', 'inspect', image) || docker('pull', '--quiet', image)) return image
  try {
    const obstacle = await goObstacle(env)
    if (obstacle) throw new PartError(obstacle)
    report(`${image} cannot be pulled: building it with Go (ten minutes, once) ...`)
    const folder = await buildJaeger(env, report)
    if (docker('build', '--quiet', '--tag', image, folder)) return image
    throw new PartError(`docker build of ${folder} failed`)
  } catch (error) {
    report(`${image} can be neither pulled nor built, so traces will not be shown: ${describeError(error)}`)
    return undefined
  }
}

/** A folder with the program and a Dockerfile, from the cache or newly built. */
const buildJaeger = (env: NodeJS.ProcessEnv, report: Report): Promise<string> => {
  const cacheDir = defaultCacheDir(env)
  const options = { cacheDir, report, logFile: join(cacheDir, 'jaeger.log') }
  return cached(cacheDir, `${image.replace(/\W+/g, '-')}-${process.arch}`, (folder) => fill(folder), { report })

  async function fill(folder: string): Promise<void> {
    const goEnv = { ...goEnvironment({ ...options, env }, '-mod=readonly'), GOOS: 'linux' }
    const run = { ...options, env: goEnv, cwd: folder }
    await runToEnd('go', ['mod', 'download', module], run)
    const modules = await outputOf('go', ['env', 'GOMODCACHE'], { env: goEnv })
    if (!modules) throw new PartError('go env GOMODCACHE is empty')
    const source = join(folder, 'source')
    await copyWritable(join(modules, module), source, options)
    const args = [
      'build',
      '-trimpath',
      '-buildvcs=false',
      '-ldflags',
      '-s -w',
      '-o',
      join(folder, 'jaeger'),
      './cmd/jaeger',
    ]
    await runToEnd('go', args, { ...run, cwd: source })
    await rm(source, { recursive: true })
    await writeFile(join(folder, 'Dockerfile'), dockerfile)
  }
}

/** Same path and user as the official image. */
const dockerfile = `FROM scratch
COPY jaeger /cmd/jaeger/jaeger-linux
ENTRYPOINT ["/cmd/jaeger/jaeger-linux"]
USER 10001
`

const docker = (...args: string[]): boolean => spawnSync('docker', args, { stdio: 'ignore' }).status === 0
