import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, randomFillSync } from 'node:crypto'

const cipher = 'aes-256-gcm'
const [ivBytes, tagBytes] = [12, 16]

/** A key for one user's records. */
export const newKey = (): Buffer => randomBytes(32)

/** The key that wraps the others, from a secret of any length. */
export const wrappingKey = (secret: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', 'taskflow audit: keys of users', 32))

/** Random bytes for many ivs at once: a call for each costs as much as the encryption. None is used twice. */
const ivs = Buffer.alloc(ivBytes * 1_024)
let unused = ivs.length
const nextIv = (): Buffer => {
  if (unused === ivs.length) {
    randomFillSync(ivs)
    unused = 0
  }
  unused += ivBytes
  return ivs.subarray(unused - ivBytes, unused)
}

/** Encrypts with AES-256-GCM: iv, ciphertext and tag in one. It can be opened only with the same `context`. */
export const seal = (key: Buffer, context: string, clear: Buffer): Buffer => {
  const iv = nextIv()
  const sealing = createCipheriv(cipher, key, iv).setAAD(Buffer.from(context))
  return Buffer.concat([iv, sealing.update(clear), sealing.final(), sealing.getAuthTag()])
}

/** Throws when the key or the context differs, or any bit was changed. */
export const unseal = (key: Buffer, context: string, sealed: Buffer): Buffer => {
  const opening = createDecipheriv(cipher, key, sealed.subarray(0, ivBytes), { authTagLength: tagBytes })
    .setAAD(Buffer.from(context))
    .setAuthTag(sealed.subarray(-tagBytes))
  return Buffer.concat([opening.update(sealed.subarray(ivBytes, -tagBytes)), opening.final()])
}
