import { createPrivateKey, type KeyObject, sign, verify } from 'node:crypto'
import { open } from 'node:fs/promises'
import { z } from 'zod'
import { recordedText } from './chain.ts'

const checkpoint = z.object({
  sequence: z.int().positive(),
  hash: z.string(),
  time: z.string(),
  /** Ed25519 over the canonical JSON of the rest, in base64. */
  signature: z.string(),
})
/** The end of the chain at a time, signed. */
export type Checkpoint = z.infer<typeof checkpoint>

/** Reads an Ed25519 private key from PKCS8 in base64. Throws when it is anything else. */
export const signingKey = (base64: string): KeyObject => {
  const key = createPrivateKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'pkcs8' })
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('not an Ed25519 key')
  return key
}

const signedText = (unsigned: Omit<Checkpoint, 'signature'>) => Buffer.from(recordedText(unsigned))

export const signCheckpoint = (key: KeyObject, unsigned: Omit<Checkpoint, 'signature'>): Checkpoint => ({
  ...unsigned,
  signature: sign(null, signedText(unsigned), key).toString('base64'),
})

export const isSigned = (publicKey: KeyObject, { signature, ...unsigned }: Checkpoint): boolean =>
  verify(null, signedText(unsigned), publicKey, Buffer.from(signature, 'base64'))

/** undefined when it is not a checkpoint, such as a line that a power failure cut off. */
export const parseCheckpoint = (line: string): Checkpoint | undefined => {
  try {
    return checkpoint.parse(JSON.parse(line))
  } catch {
    return undefined
  }
}

/** More bytes than two checkpoints. */
const tailBytes = 1_024

/** The last checkpoint of a file; undefined when there is no file, or none in it. */
export const lastCheckpoint = async (file: string): Promise<Checkpoint | undefined> => {
  const handle = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (!handle) return undefined
  try {
    const { size } = await handle.stat()
    const { buffer, bytesRead } = await handle.read({
      buffer: Buffer.alloc(tailBytes),
      position: Math.max(0, size - tailBytes),
    })
    const lines = buffer.toString('utf8', 0, bytesRead).split('\n')
    return lines.map(parseCheckpoint).findLast((each) => each !== undefined)
  } finally {
    await handle.close()
  }
}

/** Appends a checkpoint and syncs it to disk. It starts on a new line, even after one that a crash cut off. */
export const appendCheckpoint = async (file: string, line: Checkpoint): Promise<void> => {
  const handle = await open(file, 'a', 0o644)
  try {
    await handle.write(`\n${JSON.stringify(line)}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
}
