import { chmod, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import {
  cached,
  defaultCacheDir,
  download,
  exists,
  goObstacle,
  isReachable,
  obtain,
  PartError,
  type Report,
  runToEnd,
  type Source,
} from '@taskflow/local-mesh'

interface Program {
  version: string
  module: string
  /**
   * `go install` refuses modules with `replace` directives; they are built as a dependency of a generated module. `go`
   * is the version it requires, `root` the module that contains the folder `module`.
   */
  dependency?: { root: string; go: string; tags: string }
  release: string
  archive: string
  /** Path of the program in the archive, when it is not at the top. */
  member?: string
  checksums: string
}

/** Checkers of manifests and workflows. kustomize is the version in kubectl 1.34. ARCH stands for amd64 or arm64. */
const programs = {
  kustomize: {
    version: '5.7.1',
    module: 'sigs.k8s.io/kustomize/kustomize/v5',
    release: 'https://github.com/kubernetes-sigs/kustomize/releases/download/kustomize%2Fv5.7.1',
    archive: 'kustomize_v5.7.1_linux_ARCH.tar.gz',
    checksums: 'checksums.txt',
  },
  kubeconform: {
    version: '0.8.0',
    module: 'github.com/yannh/kubeconform/cmd/kubeconform',
    release: 'https://github.com/yannh/kubeconform/releases/download/v0.8.0',
    archive: 'kubeconform-linux-ARCH.tar.gz',
    checksums: 'CHECKSUMS',
  },
  'kube-score': {
    version: '1.20.0',
    module: 'github.com/zegl/kube-score/cmd/kube-score',
    release: 'https://github.com/zegl/kube-score/releases/download/v1.20.0',
    archive: 'kube-score_1.20.0_linux_ARCH.tar.gz',
    checksums: 'checksums.txt',
  },
  actionlint: {
    version: '1.7.12',
    module: 'github.com/rhysd/actionlint/cmd/actionlint',
    release: 'https://github.com/rhysd/actionlint/releases/download/v1.7.12',
    archive: 'actionlint_1.7.12_linux_ARCH.tar.gz',
    checksums: 'actionlint_1.7.12_checksums.txt',
  },
  promtool: {
    version: '0.315.0', // as a Go module; Prometheus itself calls it 3.15.0
    module: 'github.com/prometheus/prometheus/cmd/promtool',
    // Without service discovery for clouds, which halves the build time.
    dependency: { root: 'github.com/prometheus/prometheus', go: '1.26.0', tags: 'remove_all_sd' },
    release: 'https://github.com/prometheus/prometheus/releases/download/v3.15.0',
    archive: 'prometheus-3.15.0.linux-ARCH.tar.gz',
    member: 'prometheus-3.15.0.linux-ARCH/promtool',
    checksums: 'sha256sums.txt',
  },
} satisfies Record<string, Program>

type ProgramName = keyof typeof programs
export type Tools = Record<ProgramName, string>

const architecture: Partial<Record<NodeJS.Architecture, string>> = { x64: 'amd64', arm64: 'arm64' }

/** Paths of all programs in the versions above: from the cache, built with Go, or from the release archives. */
export const prepareTools = async (env: NodeJS.ProcessEnv, report: Report): Promise<Tools> => {
  const tools: Partial<Tools> = {}
  // One after the other, because each build uses all cores.
  for (const name of Object.keys(programs) as ProgramName[]) {
    tools[name] = await obtain(name, sources(name, programs[name], env, report), {
      report,
      fix: 'install Go 1.26 or newer',
    })
  }
  return tools as Tools
}

const sources = (name: ProgramName, program: Program, env: NodeJS.ProcessEnv, report: Report): Source<string>[] => {
  const cacheDir = defaultCacheDir(env)
  const folder = `${name}-${program.version}-${process.platform}-${process.arch}`
  const file = join(cacheDir, folder, name)
  const logFile = join(cacheDir, 'k8s-tools.log')
  const fill = (how: (made: string) => Promise<void>) => async () => {
    await cached(cacheDir, folder, how, { report })
    return file
  }
  return [
    { name: 'the cache', find: async () => ((await exists(file)) ? file : undefined) },
    {
      name: 'a build with Go',
      obtain: {
        cost: 'one to five minutes, once',
        obstacle: () => goObstacle(env),
        run: fill((made) => build(name, program, made, { env, logFile })),
      },
    },
    {
      name: 'the release archive',
      obtain: {
        cost: 'a download of 10 to 150 MB',
        obstacle: () => releaseObstacle(program),
        run: fill((made) => fetchRelease(name, program, made, logFile)),
      },
    },
  ]
}

const build = async (
  name: ProgramName,
  { module, version, dependency }: Program,
  made: string,
  { env, logFile }: { env: NodeJS.ProcessEnv; logFile: string },
): Promise<void> => {
  const goEnv = { ...env, GOBIN: made, CGO_ENABLED: '0', GOWORK: 'off', GOFLAGS: '' }
  const flags = ['-trimpath', '-ldflags', '-s -w']
  if (!dependency) {
    return runToEnd('go', ['install', ...flags, `${module}@v${version}`], { env: goEnv, logFile, cwd: made })
  }
  const { root, go, tags } = dependency
  const folder = await mkdtemp(join(made, 'module-'))
  await writeFile(join(folder, 'go.mod'), `module taskflow/${name}\n\ngo ${go}\n\nrequire ${root} v${version}\n`)
  const args = ['build', '-mod=mod', '-tags', tags, ...flags, '-o', join(made, name), module]
  await runToEnd('go', args, { env: goEnv, logFile, cwd: folder })
  await rm(folder, { recursive: true })
}

const releaseObstacle = async ({ release, checksums }: Program): Promise<string | undefined> => {
  if (process.platform !== 'linux' || !architecture[process.arch]) return 'no release archive exists for this machine'
  return (await isReachable(`${release}/${checksums}`)) ? undefined : 'the release archive cannot be reached'
}

/** Verifies the archive with the checksums of the release and extracts the program to `made`. */
const fetchRelease = async (name: string, program: Program, made: string, logFile: string): Promise<void> => {
  const [archive, member] = [program.archive, program.member ?? name].map((each) =>
    each.replace('ARCH', architecture[process.arch]!),
  ) as [string, string]
  const folder = await mkdtemp(join(made, 'archive-'))
  const file = join(folder, basename(archive))
  await download(`${program.release}/${archive}`, file, await listedSha256(program, archive))
  await runToEnd('tar', ['-xzf', file, '-C', folder, member], { logFile })
  await chmod(join(folder, member), 0o755)
  await rename(join(folder, member), join(made, name))
  await rm(folder, { recursive: true })
}

const listedSha256 = async ({ release, checksums }: Program, archive: string): Promise<string> => {
  const response = await fetch(`${release}/${checksums}`, { signal: AbortSignal.timeout(20_000) })
  const line = (await response.text()).split('\n').find((each) => each.trim().endsWith(archive))
  const sum = line?.match(/\b[0-9a-f]{64}\b/i)?.[0]
  if (!sum) throw new PartError(`${release}/${checksums} holds no SHA-256 of ${archive}`)
  return sum.toLowerCase()
}
