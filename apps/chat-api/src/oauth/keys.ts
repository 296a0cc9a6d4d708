import { createECDH, hkdfSync } from 'node:crypto'

/** An ES256 private key as JWK (RFC 7518, section 6.2). */
export interface SigningKey {
  kty: 'EC'
  crv: 'P-256'
  alg: 'ES256'
  use: 'sig'
  kid: string
  x: string
  y: string
  d: string
}

/**
 * What signs access tokens and cookies, derived from one secret (RFC 5869): all replicas that have the secret have the
 * same keys.
 */
export const deriveKeys = (secret: string): { signing: SigningKey; cookies: string } => {
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, '', `taskflow oauth ${purpose}`, 32))
  return { signing: signingKey(derive), cookies: derive('cookies').toString('base64url') }
}

/** One in 4 billion hashes is no number that P-256 can use as a key: the next one is taken. */
const signingKey = (derive: (purpose: string) => Buffer, attempt = 0): SigningKey => {
  const curve = createECDH('prime256v1')
  const d = derive(`ES256 ${attempt}`)
  try {
    curve.setPrivateKey(d)
  } catch {
    return signingKey(derive, attempt + 1)
  }
  const point = curve.getPublicKey()
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url')) as [
    string,
    string,
  ]
  return { kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig', kid: x.slice(0, 12), x, y, d: d.toString('base64url') }
}
