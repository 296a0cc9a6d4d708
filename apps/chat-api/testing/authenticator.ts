import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { encodeCBOR } from '@levischuck/tiny-cbor'

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest()

/** User present and verified; with a new credential in the data. */
const [verified, withCredential] = [0x05, 0x40]

/** An authenticator in software, as WebAuthn (level 3) describes it, with one ES256 key. */
export const createAuthenticator = (origin: string) => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(16)
  let counter = 0
  const clientData = (type: string, challenge: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  const head = (rpId: string, flags: number, count: number) => {
    const counted = Buffer.alloc(4)
    counted.writeUInt32BE(count)
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), counted])
  }
  const common = { id: id.toString('base64url'), rawId: id.toString('base64url'), type: 'public-key' }
  return {
    id: common.id,
    register: ({ challenge, rp }: { challenge: string; rp: { id: string } }) => {
      const { x, y } = publicKey.export({ format: 'jwk' })
      const cose = new Map<number, number | Uint8Array>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, new Uint8Array(Buffer.from(x!, 'base64url'))],
        [-3, new Uint8Array(Buffer.from(y!, 'base64url'))],
      ])
      const authData = Buffer.concat([
        head(rp.id, verified | withCredential, counter),
        Buffer.alloc(16),
        Buffer.from([0, id.length]),
        id,
        encodeCBOR(cose),
      ])
      const attestation = new Map<string, string | Map<string, string> | Uint8Array>([
        ['fmt', 'none'],
        ['attStmt', new Map<string, string>()],
        ['authData', new Uint8Array(authData)],
      ])
      return {
        ...common,
        clientExtensionResults: {},
        response: {
          clientDataJSON: clientData('webauthn.create', challenge).toString('base64url'),
          attestationObject: Buffer.from(encodeCBOR(attestation)).toString('base64url'),
          transports: ['internal'],
        },
      }
    },
    /** `cloned`: with the count of an earlier signature. */
    authenticate: (
      { challenge, rpId }: { challenge: string; rpId: string },
      { flags = verified, cloned = false } = {},
    ) => {
      if (!cloned) counter++
      const [data, client] = [head(rpId, flags, counter), clientData('webauthn.get', challenge)]
      return {
        ...common,
        clientExtensionResults: {},
        response: {
          clientDataJSON: client.toString('base64url'),
          authenticatorData: data.toString('base64url'),
          signature: sign('sha256', Buffer.concat([data, sha256(client)]), privateKey).toString('base64url'),
        },
      }
    },
  }
}
