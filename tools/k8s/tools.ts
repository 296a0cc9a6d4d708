import { chmod, mkdtemp, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { cached, defaultCacheDir, exists } from '../parts/cache.ts'
import { goObstacle } from '../parts/dapr-build.ts'
import { answers, download } from '../parts/download.ts'
import { PartError, type Report } from '../parts/part.ts'
import { runToEnd } from '../parts/run.ts'
import { comeBy, type Way } from '../parts/ways.ts'

/** What looks at the manifests. kustomize is the version within kubectl 1.34. ARCH stands for amd64 or arm64. */
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
} as const

type ProgramName = keyof typeof programs
type Program = (typeof programs)[ProgramName]
export type Tools = Record<ProgramName, string>

const architecture: Partial<Record<NodeJS.Architecture, string>> = { x64: 'amd64', arm64: 'arm64' }

/** Paths of all three, in the versions above: from the cache, else built with Go, else from the release archives. */
export async function prepareTools(env: NodeJS.ProcessEnv, report: Report): Promise<Tools> {
  const tools: Partial<Tools> = {}
  // One after the other: each build takes all cores.
  for (const name of Object.keys(programs) as ProgramName[]) {
    tools[name] = await comeBy(name, ways(name, programs[name], env, report), {
      report,
      mend: 'install Go 1.24 or newer',
    })
  }
  return tools as Tools
}

function ways(name: ProgramName, program: Program, env: NodeJS.ProcessEnv, report: Report): Way<string>[] {
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
        cost: 'one to three minutes, once',
        obstacle: () => goObstacle(env),
        run: fill(async (made) => {
          const goEnv = { ...env, GOBIN: made, CGO_ENABLED: '0', GOWORK: 'off', GOFLAGS: '' }
          const args = ['install', '-trimpath', '-ldflags', '-s -w', `${program.module}@v${program.version}`]
          await runToEnd('go', args, { env: goEnv, logFile, cwd: made })
        }),
      },
    },
    {
      name: 'the release archive',
      obtain: {
        cost: 'a download of about 10 MB',
        obstacle: () => releaseObstacle(program),
        run: fill((made) => fetchRelease(name, program, made, logFile)),
      },
    },
  ]
}

async function releaseObstacle({ release, checksums }: Program): Promise<string | undefined> {
  if (process.platform !== 'linux' || !architecture[process.arch]) return 'there is no release archive for this machine'
  return (await answers(`${release}/${checksums}`)) ? undefined : 'the release archive cannot be reached'
}

/** Checks the archive against the list of checksums published with the release, and leaves the program in `made`. */
async function fetchRelease(name: string, program: Program, made: string, logFile: string): Promise<void> {
  const archive = program.archive.replace('ARCH', architecture[process.arch]!)
  const folder = await mkdtemp(join(made, 'archive-'))
  const file = join(folder, basename(archive))
  await download(`${program.release}/${archive}`, file, await listedSha256(program, archive))
  await runToEnd('tar', ['-xzf', file, '-C', folder, name], { logFile })
  await chmod(join(folder, name), 0o755)
  await rename(join(folder, name), join(made, name))
  await rm(folder, { recursive: true })
}

async function listedSha256({ release, checksums }: Program, archive: string): Promise<string> {
  const response = await fetch(`${release}/${checksums}`, { signal: AbortSignal.timeout(20_000) })
  const line = (await response.text()).split('\n').find((each) => each.trim().endsWith(archive))
  const sum = line?.match(/\b[0-9a-f]{64}\b/i)?.[0]
  if (!sum) throw new PartError(`${release}/${checksums} holds no SHA-256 of ${archive}`)
  return sum.toLowerCase()
}
