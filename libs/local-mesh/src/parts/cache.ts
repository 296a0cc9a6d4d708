import { mkdir, mkdtemp, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Report } from './part.ts'
import { identify, isAlive, type ProcessIdentity } from './processes.ts'

/** Outside the clone, so that another clone does not download and build everything again. */
export const defaultCacheDir = (env: NodeJS.ProcessEnv): string =>
  resolve(env.TASKFLOW_CACHE || join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'taskflow'))

export const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

/**
 * The folder `<dir>/<name>`, filled by `fill` on first use. It appears by one rename, so it is complete or does not
 * exist. A lock keeps a second process from doing the same work; if that fails (two processes take over the lock of a
 * killed one), both fill and one rename wins: wasteful, but correct.
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
  await takeLock(lock, target, () => report(`${name}: waiting for another process that is fetching it`), signal)
  try {
    if (await exists(target)) return target
    await removeUnfinished(dir, name)
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

/** Removes what a killed process left half done. */
const removeUnfinished = async (dir: string, name: string): Promise<void> => {
  const unfinished = (await readdir(dir)).filter((entry) => entry.startsWith(`${name}.part-`))
  for (const entry of unfinished) await rm(join(dir, entry), { recursive: true, force: true })
}

/** Resolves when this process holds the lock or the work it guards is done. */
const takeLock = async (lock: string, target: string, onWait: () => void, signal?: AbortSignal): Promise<void> => {
  let reported = false
  while (!(await exists(target))) {
    if (await createLock(lock)) return
    if (!(await isHeld(lock))) {
      await rm(lock, { force: true })
      continue
    }
    if (!reported) onWait()
    reported = true
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

/** Whether a living process holds the lock. A young lock without a readable holder counts: it may be being written. */
const isHeld = async (lock: string): Promise<boolean> => {
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
