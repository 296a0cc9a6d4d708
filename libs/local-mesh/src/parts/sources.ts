import { PartError, type Report } from './part.ts'

/** What every search for a part needs to know. */
export interface FindOptions {
  cacheDir: string
  /** Output of downloads and builds. */
  logFile: string
  report: Report
  env?: NodeJS.ProcessEnv
  signal?: AbortSignal | undefined
}

/** One way to come by a part. Ways are tried in order: first every `find`, then every `obtain`. */
export interface Way<T> {
  /** Shown by the doctor and in errors: 'PATH', 'the cache', 'the release archive', 'a build with Go'. */
  name: string
  /** Looks without changing anything and without the network. */
  find?: () => Promise<T | undefined>
  obtain?: {
    /** What it takes, as one phrase: 'a download of 60 MB'. */
    cost: string
    /** Why it cannot work here, or undefined when it is worth a try. Changes nothing. */
    obstacle(): Promise<string | undefined>
    run(): Promise<T>
  }
}

export type Outlook<T> =
  | { state: 'found'; part: T; way: string }
  | { state: 'obtainable'; way: string; cost: string }
  | { state: 'missing'; reasons: string[] }

/** What would happen, without doing it. */
export const outlook = async <T>(ways: Way<T>[]): Promise<Outlook<T>> => {
  for (const way of ways) {
    const part = await way.find?.()
    if (part !== undefined) return { state: 'found', part, way: way.name }
  }
  const reasons: string[] = []
  for (const { name, obtain } of ways) {
    if (!obtain) continue
    const obstacle = await obtain.obstacle()
    if (obstacle === undefined) return { state: 'obtainable', way: name, cost: obtain.cost }
    reasons.push(obstacle)
  }
  return { state: 'missing', reasons }
}

/** Finds the part or obtains it; a way that fails is reported and the next one is tried. */
export const comeBy = async <T>(
  what: string,
  ways: Way<T>[],
  { report, fix, signal }: { report: Report; fix: string; signal?: AbortSignal | undefined },
): Promise<T> => {
  for (const way of ways) {
    const part = await way.find?.()
    if (part !== undefined) return part
  }
  const reasons: string[] = []
  for (const { name, obtain } of ways) {
    if (!obtain) continue
    const obstacle = await obtain.obstacle()
    signal?.throwIfAborted()
    if (obstacle !== undefined) {
      reasons.push(obstacle)
      continue
    }
    report(`${what}: ${name} (${obtain.cost}) ...`)
    try {
      return await saySometimes(what, obtain.run, report)
    } catch (error) {
      signal?.throwIfAborted()
      reasons.push(`${name}: ${(error as Error).message}`)
    }
  }
  throw new PartError(`${what} is missing and cannot be had: ${reasons.join('; ')}.`, { fix })
}

/** A build of minutes that says nothing looks like one that hangs. */
const saySometimes = async <T>(what: string, work: () => Promise<T>, report: Report): Promise<T> => {
  const began = Date.now()
  const seconds = () => Math.round((Date.now() - began) / 1_000)
  const timer = setInterval(() => report(`${what}: still at it after ${seconds()} s ...`), 60_000)
  try {
    const result = await work()
    report(`${what}: there after ${seconds()} s`)
    return result
  } finally {
    clearInterval(timer)
  }
}
