import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { PartError } from './part.ts'

export interface DownloadOptions {
  signal?: AbortSignal | undefined
  answerMs?: number
  stallMs?: number
}

/**
 * Downloads `url` into `file` and verifies its SHA-256. Fails when no response begins within `answerMs` or no data
 * arrives for `stallMs`. Deletes the file when anything fails.
 */
export const download = async (
  url: string,
  file: string,
  sha256: string,
  options: DownloadOptions = {},
): Promise<void> => {
  const { signal, stallMs = 20_000 } = options
  const response = await get(url, options)
  const stall = new AbortController()
  let timer = setTimeout(() => stall.abort(), stallMs)
  const hash = createHash('sha256')
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      clearTimeout(timer)
      timer = setTimeout(() => stall.abort(), stallMs)
      hash.update(chunk)
      done(null, chunk)
    },
  })
  try {
    const aborted = AbortSignal.any([stall.signal, ...(signal ? [signal] : [])])
    await pipeline(Readable.fromWeb(response.body as never), measure, createWriteStream(file), { signal: aborted })
    const actual = hash.digest('hex')
    if (actual !== sha256) throw new PartError(`${url} has the SHA-256 ${actual}, but ${sha256} was published for it`)
  } catch (error) {
    await rm(file, { force: true })
    signal?.throwIfAborted()
    if (stall.signal.aborted) throw new PartError(`the download of ${url} stalled`, { cause: error })
    throw error
  } finally {
    clearTimeout(timer)
  }
}

/** The checksum published beside a file: the first 64 hexadecimal digits of `<url>`. */
export const publishedSha256 = async (url: string, options: DownloadOptions = {}): Promise<string> => {
  const text = await (await get(url, options)).text()
  const sum = text.match(/\b[0-9a-f]{64}\b/i)?.[0]
  if (!sum) throw new PartError(`${url} holds no SHA-256`)
  return sum.toLowerCase()
}

/** Whether HEAD of `url` succeeds. */
export const isReachable = async (url: string, answerMs = 4_000): Promise<boolean> => {
  try {
    return (await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(answerMs) })).ok
  } catch {
    return false
  }
}

const get = async (url: string, { signal, answerMs = 10_000 }: DownloadOptions): Promise<Response> => {
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(), answerMs)
  try {
    const response = await fetch(url, { signal: AbortSignal.any([late.signal, ...(signal ? [signal] : [])]) })
    if (!response.ok || !response.body) throw new PartError(`${url} answered ${response.status}`)
    return response
  } catch (error) {
    signal?.throwIfAborted()
    if (error instanceof PartError) throw error
    throw new PartError(`${new URL(url).host} cannot be reached`, { cause: error })
  } finally {
    clearTimeout(timer)
  }
}
