import type http from 'node:http'
import type { TestContext } from 'node:test'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { listen } from './openid-provider.ts'

/**
 * A provider that signs whatever a test says: `claims` and `answer` change its next token and its next answers. It signs
 * in whoever comes.
 */
export const startForgingProvider = async (t: Pick<TestContext, 'after'>) => {
  const [own, foreign] = [await generateKeyPair('RS256'), await generateKeyPair('RS256')]
  const client_id = 'taskflow'
  const forged: {
    claims: JWTPayload
    isForeignKey: boolean
    /** Answers instead of the provider, when it returns true. */
    answer: (path: string, response: http.ServerResponse) => boolean
  } = { claims: {}, isForeignKey: false, answer: () => false }
  const asked: string[] = []
  let nonce = ''
  const issuer = await listen(t, async (request, response) => {
    const path = request.url!
    asked.push(path)
    if (forged.answer(path, response)) return
    const send = (body: object) => response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
    if (path === '/.well-known/openid-configuration') {
      send({
        ...{ issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token` },
        ...{ jwks_uri: `${issuer}/jwks`, response_types_supported: ['code'], subject_types_supported: ['public'] },
        id_token_signing_alg_values_supported: ['RS256'],
      })
    } else if (path === '/jwks') {
      send({ keys: [{ ...(await exportJWK(own.publicKey)), alg: 'RS256', use: 'sig', kid: 'one' }] })
    } else if (path === '/token') {
      const now = Math.floor(Date.now() / 1_000)
      const claims = { iss: issuer, sub: 'ada', aud: client_id, iat: now, exp: now + 60, nonce, ...about }
      const id_token = await new SignJWT({ ...claims, ...forged.claims })
        .setProtectedHeader({ alg: 'RS256', kid: 'one' })
        .sign((forged.isForeignKey ? foreign : own).privateKey)
      send({ access_token: 'of no use', token_type: 'Bearer', id_token })
    } else response.writeHead(404).end()
  })
  return {
    settings: { id: 'local', name: 'Local', issuer, client_id },
    forged,
    asked,
    /** `more` is added to the query with which the browser comes back. */
    visit: async (url: string, more: Record<string, string> = {}): Promise<string> => {
      const { state = '', ...sent } = Object.fromEntries(new URL(url).searchParams)
      nonce = sent.nonce!
      return String(new URLSearchParams({ code: 'a-code', state, ...more }))
    },
  }
}

const about = { email: 'ada@example.org', email_verified: true, name: 'Ada' }
