import { execFile } from 'node:child_process'
import { mkdtemp, rename, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { FaultMesh } from './fault-mesh.ts'

const run = promisify(execFile)

/** Why no small disk can be made here. */
export const noSmallDisk = async (): Promise<string | undefined> => {
  const dir = await mkdtemp(join(tmpdir(), 'taskflow-disk-'))
  try {
    await run('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'taskflow', dir])
    await run('umount', [dir])
    return undefined
  } catch {
    return 'it needs the right to mount a file system'
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

/** A folder on a disk of its own. */
export interface SmallDisk {
  /** Leaves no byte free. */
  fill(): Promise<void>
  /** Removes what `fill` has written. */
  free(): Promise<void>
  /** The folder is back where it was. Nothing may use it meanwhile. */
  end(): Promise<void>
}

/** Moves a folder that nothing uses to a disk in memory with `free` MiB left. */
const onSmallDisk = async (dir: string, free: number): Promise<SmallDisk> => {
  const aside = `${dir}-aside`
  const { uid, gid } = await stat(dir)
  await rename(dir, aside)
  const { stdout } = await run('du', ['-sm', aside])
  const size = Number.parseInt(stdout, 10) + free
  await run('mkdir', ['-m', '700', dir])
  const options = `size=${size}m,uid=${uid},gid=${gid},mode=700`
  await run('mount', ['-t', 'tmpfs', '-o', options, 'taskflow', dir])
  await run('cp', ['-a', `${aside}/.`, dir])
  const filler = join(dir, 'filler')
  return {
    fill: async () => {
      const { bavail, bsize } = await statfs(dir)
      // More than there is: others write, too.
      await writeFile(filler, Buffer.alloc((bavail + 1) * bsize)).catch((error) => {
        if (error.code !== 'ENOSPC') throw error
      })
    },
    free: () => rm(filler, { force: true }),
    end: async () => {
      await rm(aside, { recursive: true })
      await run('cp', ['-a', dir, aside])
      await run('umount', [dir])
      await rm(dir, { recursive: true })
      await rename(aside, dir)
    },
  }
}

export type DiskPart = FaultMesh['database']

/** Runs `work` while a part of the mesh has its folder on a small disk; afterwards the part runs as before. */
export const withSmallDisk = async (
  part: DiskPart,
  { dir, free }: { dir: string; free: number },
  work: (disk: SmallDisk) => Promise<void>,
): Promise<void> => {
  const restart = async (change: () => Promise<void>) => {
    part.kill('SIGINT')
    await part.gone()
    await change()
    await part.start()
  }
  let disk: SmallDisk | undefined
  await restart(async () => {
    disk = await onSmallDisk(dir, free)
  })
  try {
    await work(disk!)
  } finally {
    await restart(() => disk!.end())
  }
}
