import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { openidSettings } from '../../../src/account/openid/settings.ts'

const read = (text: string) => {
  const { data, error } = z.object(openidSettings).safeParse({ OPENID_PROVIDERS: text })
  return data?.OPENID_PROVIDERS ?? error!.issues.map(({ message }) => message)
}
const google = {
  ...{ id: 'google', name: 'Google', issuer: 'https://accounts.google.com' },
  ...{ client_id: 'x.apps.googleusercontent.com', client_secret: 'GOCSPX-secret' },
}

test('providers are read from JSON', () => {
  const issuer = 'https://accounts.google.com/'
  assert.deepEqual(read(JSON.stringify([google])), [{ ...google, issuer, scopes: 'openid email profile' }])
  const keycloak = { ...google, id: 'kc', issuer: 'http://localhost:8180/realms/x', scopes: 'openid email' }
  assert.deepEqual(read(JSON.stringify([keycloak])), [keycloak])
  assert.deepEqual(z.object(openidSettings).parse({}), { OPENID_PROVIDERS: [] })
})

test('what is wrong is named, without the secrets in it', () => {
  const problems = (...providers: object[]) => read(JSON.stringify(providers))
  assert.deepEqual(read('{"client_secret": "GOCSPX-secret"'), [
    'must be JSON: [{"id", "name", "issuer", "client_id", "client_secret"}]',
  ])
  assert.deepEqual(problems({ ...google, issuer: 'http://accounts.google.com' }), ['0.issuer must begin with https://'])
  assert.deepEqual(problems({ ...google, issuer: `${google.issuer}/.well-known/openid-configuration` }), [
    '0.issuer must be the address before /.well-known/openid-configuration',
  ])
  assert.deepEqual(problems({ ...google, id: 'Google!' }), ['0.id must be up to 40 of a-z, 0-9 and -'])
  assert.deepEqual(problems({ ...google, scopes: 'email' }), ['0.scopes must include openid'])
  assert.deepEqual(problems(google, { ...google, issuer: 'https://x.example' }), ['must not use an id twice'])
  assert.deepEqual(problems(google, { ...google, id: 'other' }), ['must not use an issuer twice'])
  assert.match(String(problems({ ...google, secret: 'GOCSPX-secret' })), /^0 Unrecognized key: "secret"$/)
  assert.match(String(problems({ ...google, client_id: undefined })), /^0\.client_id /)
})
