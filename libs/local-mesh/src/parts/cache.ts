import { mkdir, mkdtemp, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Report } from './part.ts'
import { identify, isAlive, type ProcessIdentity } from './processes.ts'

/** Outside the clone, so that a second clone (or a fresh one) does not fetch or build again. */
export const defaultCacheDir = (env: NodeJS.ProcessEnv): string =>
  resolve(env.TASKFLOW_CACHE || join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'taskflow'))

export const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

/**
 * The folder `<dir>/<name>`, filled by `fill` the first time it is asked for. It appears by one rename, so it is either
 * whole or not there. A lock keeps a second process from doing the same work; if that fails (a lock left by a killed
 * process, taken over by two at once), both fill and one rename wins, which is wasteful but right.
 */
export const cached = async (
  dir: string,
  name: string,
  fill: (folder: string) => Promise<void>,
  { report, signal }: { report: Report; signal?: AbortSignal | undefined },
): Promise<string> => {
  const target = join(dir, name)
  if (await exists(target)) return target
  await mkdir(dir, { recursive: true })
  const lock = join(dir, `${name}.lock`)
  await takeLock(lock, target, () => report(`${name}: another process is getting it, waiting`), signal)
  try {
    if (await exists(target)) return target
    await removeHalves(dir, name)
    const folder = await mkdtemp(join(dir, `${name}.part-`))
    try {
      await fill(folder)
      await rename(folder, target)
    } catch (error) {
      if (!(await exists(target))) throw error
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
    return target
  } finally {
    await rm(lock, { force: true })
  }
}

/** What a killed process had begun. */
const removeHalves = async (dir: string, name: string): Promise<void> => {
  const halves = (await readdir(dir)).filter((entry) => entry.startsWith(`${name}.part-`))
  for (const half of halves) await rm(join(dir, half), { recursive: true, force: true })
}

/** Returns when this process holds the lock or the work it guards is done. */
const takeLock = async (lock: string, target: string, onWait: () => void, signal?: AbortSignal): Promise<void> => {
  let told = false
  while (!(await exists(target))) {
    if (await createLock(lock)) return
    if (!(await holderOf(lock))) {
      await rm(lock, { force: true })
      continue
    }
    if (!told) onWait()
    told = true
    await delay(500, undefined, { signal })
  }
}

const createLock = async (lock: string): Promise<boolean> => {
  try {
    const file = await open(lock, 'wx')
    await file.writeFile(JSON.stringify(identify(process.pid)))
    await file.close()
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** The living holder of a lock. A lock without a readable holder counts as held while it is young: its maker may be writing it. */
const holderOf = async (lock: string): Promise<boolean> => {
  try {
    return isAlive(JSON.parse(await readFile(lock, 'utf8')) as ProcessIdentity)
  } catch {
    const age = await stat(lock).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => Number.POSITIVE_INFINITY,
    )
    return age < 5_000
  }
}
