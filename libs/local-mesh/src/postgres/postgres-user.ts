import { createHash } from 'node:crypto'
import { chmod, chown, cp, mkdir, readlink, realpath, rm, stat, symlink } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { cached } from '../parts/cache.ts'
import { PartError, type Report } from '../parts/part.ts'
import { outputOf } from '../parts/run.ts'

/** The server's user when this process is root, because Postgres refuses to run as root. */
export interface ServerUser {
  uid: number
  gid: number
}

/** Used when the clone is in a folder that the server's user cannot enter. */
const systemFolder = '/var/lib/taskflow'
const userName = 'postgres'

/**
 * Undefined unless this process is root; then the owner of the data, or the system user `postgres`, created if missing.
 */
export const serverUser = async (dir: string, report: Report): Promise<ServerUser | undefined> => {
  if (process.getuid?.() !== 0) return undefined
  const owner = await stat(join(dir, 'PG_VERSION')).catch(() => undefined)
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const known = await lookUp()
  if (known) return known
  report(`Postgres does not run as root: creating the system user ${userName}`)
  await outputOf('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', userName])
  const made = await lookUp()
  if (!made) {
    throw new PartError(`Postgres does not run as root, and the user ${userName} could not be created.`, {
      fix: 'start as an ordinary user, or set DATABASE_URL',
    })
  }
  return made
}

/**
 * The data folder, owned by the server's user. When that user cannot enter `dir`, the data goes to a system folder and
 * `dir` becomes a link to it.
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

/** Deletes a data folder and what it links to. */
export const deleteDataFolder = async (dir: string): Promise<void> => {
  const real = await realpath(dir).catch(() => dir)
  await rm(real, { recursive: true, force: true })
  await rm(dir, { recursive: true, force: true })
}

/** The folder of programs that the server's user can run: as installed, or a copy in the system folder. */
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
 * Only their owner can enter temporary folders. If that is the only obstacle, everyone may pass through (not list) the
 * folder that holds the data.
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
