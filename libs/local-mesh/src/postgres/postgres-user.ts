import { createHash } from 'node:crypto'
import { chmod, chown, cp, mkdir, readlink, realpath, rm, stat, symlink } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { cached } from '../parts/cache.ts'
import { PartError, type Report } from '../parts/part.ts'
import { outputOf } from '../parts/run.ts'

/** Whom the server runs as when this process is root, because Postgres refuses to run as root. */
export interface ServerUser {
  uid: number
  gid: number
}

/** For what the server's user cannot reach, because the clone lies in a private folder. */
const systemFolder = '/var/lib/taskflow'
const userName = 'postgres'

/** Undefined when this process is not root; else the owner of the data, or the system user `postgres`, made when there is none. */
export const serverUser = async (dir: string, report: Report): Promise<ServerUser | undefined> => {
  if (process.getuid?.() !== 0) return undefined
  const owner = await stat(join(dir, 'PG_VERSION')).catch(() => undefined)
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const known = await lookUp()
  if (known) return known
  report(`Postgres does not run as root: making the system user ${userName} for it`)
  await outputOf('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', userName])
  const made = await lookUp()
  if (!made) {
    throw new PartError(`Postgres does not run as root, and no user ${userName} could be made for it.`, {
      fix: 'start as an ordinary user, or set DATABASE_URL',
    })
  }
  return made
}

/**
 * The folder for the data, owned by the server's user. When that user cannot reach `dir`, the data goes to a system
 * folder and `dir` becomes a link to it, so that whoever looks for the data finds it.
 */
export const dataFolder = async (dir: string, user: ServerUser | undefined, report: Report): Promise<string> => {
  const linked = await readlink(dir).catch(() => undefined)
  if (!linked) {
    await mkdir(dir, { recursive: true, mode: 0o700 })
    if (!user) return dir
    await chown(dir, user.uid, user.gid)
    if ((await canEnter(dir, user)) || (await letPass(dirname(dir), dir, user))) return dir
  }
  const real = linked ?? join(systemFolder, createHash('sha256').update(resolve(dir)).digest('hex').slice(0, 16))
  await mkdir(dirname(real), { recursive: true, mode: 0o755 })
  await mkdir(real, { recursive: true, mode: 0o700 })
  if (user) await chown(real, user.uid, user.gid)
  if (!linked) {
    await rm(dir, { recursive: true })
    await symlink(real, dir)
    report(`Postgres keeps its data in ${real}, because the user ${userName} cannot enter ${dirname(dir)}`)
  }
  return real
}

/** Deletes a data folder, wherever it is. */
export const forgetDataFolder = async (dir: string): Promise<void> => {
  const real = await realpath(dir).catch(() => dir)
  await rm(real, { recursive: true, force: true })
  await rm(dir, { recursive: true, force: true })
}

/** The programs where the server's user can run them: as installed, or a copy in the system folder. */
export const programsFor = async (
  user: ServerUser | undefined,
  native: string,
  version: string,
  report: Report,
): Promise<string> => {
  if (!user || (await canEnter(join(native, 'bin'), user))) return native
  return cached(
    systemFolder,
    `postgres-${version}`,
    async (folder) => {
      report(`Postgres: copying its programs to ${systemFolder}, because the user ${userName} cannot enter ${native}`)
      await cp(native, folder, { recursive: true, verbatimSymlinks: true })
      await outputOf('chmod', ['-R', 'a+rX', folder])
    },
    { report },
  )
}

/**
 * Temporary folders are made for their owner alone. Passing through (not looking into) the folder that holds the data is
 * then allowed to everyone, if that is all it takes.
 */
const letPass = async (folder: string, dir: string, user: ServerUser): Promise<boolean> => {
  const { mode } = await stat(folder)
  await chmod(folder, mode | 0o001)
  if (await canEnter(dir, user)) return true
  await chmod(folder, mode)
  return false
}

const canEnter = async (folder: string, user: ServerUser): Promise<boolean> =>
  (await outputOf('sh', ['-c', 'cd "$1"', 'sh', folder], { ...user, cwd: '/' })) !== undefined

const lookUp = async (): Promise<ServerUser | undefined> => {
  const [uid, gid] = await Promise.all([outputOf('id', ['-u', userName]), outputOf('id', ['-g', userName])])
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined
}
