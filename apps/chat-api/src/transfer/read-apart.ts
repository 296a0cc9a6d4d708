import { Worker } from 'node:worker_threads'
import { invalid, Problem } from '@taskflow/service-kit'
import type { NamedItem } from './import-item.ts'
import type { ImportReading } from './import-worker.ts'
import type { ImportFile } from './read-import.ts'

/** What reading a file may use. */
export interface ReadingLimits {
  cpuMilliseconds: number
  /** In all, should the thread get no CPU. */
  milliseconds: number
  megabytes: number
}

export const readingLimits: ReadingLimits = { cpuMilliseconds: 2_000, milliseconds: 120_000, megabytes: 48 }

/** Between two looks at how much CPU time the thread has used. */
const checkEvery = 50

/**
 * Reads a file in a thread of its own, so that no file, however hostile, keeps others waiting. The thread gets no
 * environment, and is ended when it exceeds a limit or the client is gone. Problem 422 with the place in the file, or
 * naming the limit.
 */
export const readApart = async (
  file: ImportFile,
  { signal, limits = readingLimits }: { signal?: AbortSignal; limits?: ReadingLimits } = {},
): Promise<NamedItem[]> => {
  signal?.throwIfAborted()
  const { promise, resolve, reject } = Promise.withResolvers<ImportReading>()
  const worker = new Worker(new URL('./import-worker.ts', import.meta.url), {
    workerData: file,
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: limits.megabytes, maxYoungGenerationSizeMb: 8, stackSizeMb: 4 },
  })
  worker.once('message', resolve)
  worker.once('error', (error) => reject(isOutOfMemory(error) ? tooBig(limits) : error))
  worker.once('exit', () => reject(new Error('the thread that reads imports ended without an answer')))
  const abort = () => reject(signal?.reason)
  signal?.addEventListener('abort', abort, { once: true })
  const began = performance.now()
  const watch = setInterval(async () => {
    // Rejects once the thread has ended.
    const { user, system } = await worker.cpuUsage().catch(() => ({ user: 0, system: 0 }))
    const isOver = (user + system) / 1_000 > limits.cpuMilliseconds || performance.now() - began > limits.milliseconds
    if (isOver) reject(tooSlow(limits))
  }, checkEvery)
  try {
    const reading = await promise
    if ('items' in reading) return reading.items
    const { problem, place, message } = reading.problem
    throw problem === 'invalid' ? invalid(place, message) : new Problem(problem, message)
  } finally {
    clearInterval(watch)
    signal?.removeEventListener('abort', abort)
    await worker.terminate()
  }
}

const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'

const tooBig = ({ megabytes }: ReadingLimits) =>
  invalid('body', `takes more than ${megabytes} MB of memory to read (the limit "import memory"); import it in parts`)

const tooSlow = ({ cpuMilliseconds }: ReadingLimits) =>
  invalid('body', `takes more than ${cpuMilliseconds / 1_000} s to read (the limit "import time"); import it in parts`)
