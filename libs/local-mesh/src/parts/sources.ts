import { PartError, type Report } from './part.ts'

/** Options of every search for a part. */
export interface FindOptions {
  cacheDir: string
  /** Output of downloads and builds. */
  logFile: string
  report: Report
  env?: NodeJS.ProcessEnv
  signal?: AbortSignal | undefined
}

/** Where a part can come from. Sources are tried in order: first every `find`, then every `obtain`. */
export interface Source<T> {
  /** Shown by the doctor and in errors: 'PATH', 'the cache', 'the release archive', 'a build with Go'. */
  name: string
  /** Changes nothing and needs no network. */
  find?: () => Promise<T | undefined>
  obtain?: {
    /** One phrase: 'a download of 60 MB'. */
    cost: string
    /** Why this source cannot work here, or undefined when it may. Changes nothing. */
    obstacle(): Promise<string | undefined>
    run(): Promise<T>
  }
}

export type Outlook<T> =
  | { state: 'found'; part: T; source: string }
  | { state: 'obtainable'; source: string; cost: string }
  | { state: 'missing'; reasons: string[] }

/** What `obtain` would do. Changes nothing. */
export const outlook = async <T>(sources: Source<T>[]): Promise<Outlook<T>> => {
  for (const source of sources) {
    const part = await source.find?.()
    if (part !== undefined) return { state: 'found', part, source: source.name }
  }
  const reasons: string[] = []
  for (const { name, obtain } of sources) {
    if (!obtain) continue
    const obstacle = await obtain.obstacle()
    if (obstacle === undefined) return { state: 'obtainable', source: name, cost: obtain.cost }
    reasons.push(obstacle)
  }
  return { state: 'missing', reasons }
}

/** Finds the part or obtains it. When a source fails, the next one is tried; the error names the reasons of all. */
export const obtain = async <T>(
  what: string,
  sources: Source<T>[],
  { report, fix, signal }: { report: Report; fix: string; signal?: AbortSignal | undefined },
): Promise<T> => {
  for (const source of sources) {
    const part = await source.find?.()
    if (part !== undefined) return part
  }
  const reasons: string[] = []
  for (const { name, obtain } of sources) {
    if (!obtain) continue
    const obstacle = await obtain.obstacle()
    signal?.throwIfAborted()
    if (obstacle !== undefined) {
      reasons.push(obstacle)
      continue
    }
    report(`${what}: ${name} (${obtain.cost}) ...`)
    try {
      return await withProgress(what, obtain.run, report)
    } catch (error) {
      signal?.throwIfAborted()
      reasons.push(`${name}: ${(error as Error).message}`)
    }
  }
  throw new PartError(`${what} is missing and cannot be obtained: ${reasons.join('; ')}.`, { fix })
}

/** Reports once a minute: a silent build of several minutes looks like one that hangs. */
const withProgress = async <T>(what: string, work: () => Promise<T>, report: Report): Promise<T> => {
  const began = Date.now()
  const seconds = () => Math.round((Date.now() - began) / 1_000)
  const timer = setInterval(() => report(`${what}: still working, ${seconds()} s so far ...`), 60_000)
  try {
    const result = await work()
    report(`${what}: ready after ${seconds()} s`)
    return result
  } finally {
    clearInterval(timer)
  }
}
