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

export const readingLimits: ReadingLimits = { cpuMilliseconds: 2_000, milliseconds: 120_000, megabytes: 64 }

/** Between two looks at how much CPU time the thread has used. */
const checkEvery = 50

/** How long a thread waits for another file. */
const idleFor = 10_000

/** The thread that read the last file: starting one takes longer than reading most files. */
let idle: { worker: Worker; limits: ReadingLimits } | undefined

const startWorker = ({ megabytes }: ReadingLimits): Worker =>
  new Worker(new URL('./import-worker.ts', import.meta.url), {
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: megabytes, maxYoungGenerationSizeMb: 8, stackSizeMb: 4 },
  })

const takeWorker = (limits: ReadingLimits): Worker => {
  if (idle?.limits !== limits) return startWorker(limits)
  const { worker } = idle
  idle = undefined
  worker.ref()
  return worker
}

const keepWorker = (worker: Worker, limits: ReadingLimits): void => {
  if (idle) return void worker.terminate()
  idle = { worker, limits }
  worker.unref()
  setTimeout(() => {
    if (idle?.worker !== worker) return
    idle = undefined
    worker.terminate()
  }, idleFor).unref()
}

/** In milliseconds; 0 once the thread has ended. */
const cpuOf = async (worker: Worker): Promise<number> => {
  const { user, system } = await worker.cpuUsage().catch(() => ({ user: 0, system: 0 }))
  return (user + system) / 1_000
}

/**
 * Reads a file in a thread of its own, so that no file, however hostile, keeps others waiting. The thread gets no
 * environment, and is ended when it fails, exceeds a limit or the client is gone. Problem 422 with the place in the
 * file, or naming the limit.
 */
export const readApart = async (
  file: ImportFile,
  { signal, limits = readingLimits }: { signal?: AbortSignal; limits?: ReadingLimits } = {},
): Promise<NamedItem[]> => {
  signal?.throwIfAborted()
  const { promise, resolve, reject } = Promise.withResolvers<ImportReading>()
  const worker = takeWorker(limits)
  const fail = (error: unknown) => reject(isOutOfMemory(error) ? tooBig(limits) : error)
  const exit = () => reject(new Error('the thread that reads imports ended without an answer'))
  worker.once('message', resolve).once('error', fail).once('exit', exit)
  const abort = () => reject(signal?.reason)
  signal?.addEventListener('abort', abort, { once: true })
  const began = performance.now()
  const cpuBefore = cpuOf(worker)
  const watch = setInterval(async () => {
    const used = (await cpuOf(worker)) - (await cpuBefore)
    if (used > limits.cpuMilliseconds || performance.now() - began > limits.milliseconds) reject(tooSlow(limits))
  }, checkEvery)
  worker.postMessage(file)
  let isSound = false
  try {
    const reading = await promise
    isSound = true
    if ('items' in reading) return reading.items
    throw problemOf(reading.problem)
  } finally {
    clearInterval(watch)
    signal?.removeEventListener('abort', abort)
    worker.off('message', resolve).off('error', fail).off('exit', exit)
    if (isSound) keepWorker(worker, limits)
    else await worker.terminate()
  }
}

/** A suggested mapping is an error of its own, whose message can be sent as the mapping. */
const problemOf = ({ problem, place, message, mapping }: Extract<ImportReading, { problem: unknown }>['problem']) => {
  if (problem !== 'invalid') return new Problem(problem, message)
  if (!mapping) return invalid(place, message)
  const suggested = JSON.stringify(mapping)
  return new Problem('invalid', `${place}: ${message}; or say what the columns are: ?mapping=${suggested}`, {
    errors: [
      { path: place, message },
      { path: 'mapping', message: suggested },
    ],
  })
}

const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'

const tooBig = ({ megabytes }: ReadingLimits) =>
  invalid('body', `takes more than ${megabytes} MB of memory to read (the limit "import memory"); import it in parts`)

const tooSlow = ({ cpuMilliseconds }: ReadingLimits) =>
  invalid('body', `takes more than ${cpuMilliseconds / 1_000} s to read (the limit "import time"); import it in parts`)
