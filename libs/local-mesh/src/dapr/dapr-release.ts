import { chmod, mkdtemp, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { download, isReachable, publishedSha256 } from '../parts/download.ts'
import { runToEnd } from '../parts/run.ts'
import type { FindOptions } from '../parts/sources.ts'
import type { DaprProgram } from './versions.ts'

const repository: Record<DaprProgram, string> = { daprd: 'dapr/dapr', dapr: 'dapr/cli' }
const architecture: Partial<Record<NodeJS.Architecture, string>> = { x64: 'amd64', arm64: 'arm64', arm: 'arm' }

const archiveUrl = (program: DaprProgram, version: string): string =>
  `https://github.com/${repository[program]}/releases/download/v${version}/` +
  `${program}_${process.platform}_${architecture[process.arch] ?? process.arch}.tar.gz`

export const releaseObstacle = async (program: DaprProgram, version: string): Promise<string | undefined> => {
  const reachable = await isReachable(`${archiveUrl(program, version)}.sha256`)
  return reachable ? undefined : 'the release archive cannot be reached'
}

/** Downloads the official archive, verifies its published checksum, and extracts the program to `target`. */
export const fetchRelease = async (
  program: DaprProgram,
  version: string,
  target: string,
  { logFile, signal }: FindOptions,
): Promise<void> => {
  const url = archiveUrl(program, version)
  const folder = await mkdtemp(join(dirname(target), 'archive-'))
  try {
    const archive = join(folder, 'archive.tar.gz')
    await download(url, archive, await publishedSha256(`${url}.sha256`, { signal }), { signal })
    await runToEnd('tar', ['-xzf', archive, '-C', folder, program], { logFile, signal })
    await chmod(join(folder, program), 0o755)
    await rename(join(folder, program), target)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
