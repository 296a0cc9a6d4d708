import { createHmac, hkdfSync } from 'node:crypto'
import type { Clock } from '@taskflow/service-kit'
import * as openid from 'openid-client'
import { email as emailInput } from '../endpoints/schemas.ts'
import { createProviderFetch } from './fetch-provider.ts'
import { notValid } from './provider-problem.ts'
import type { OpenidProvider } from './settings.ts'

/** Whom a provider says that somebody is. */
export interface Identity {
  issuer: string
  subject: string
  /** Whether the provider has verified that it is theirs. */
  email: { address: string; isVerified: boolean } | undefined
  name: string | undefined
}

/** The client of one provider. Its methods throw what openid-client throws: see provider-problem.ts. */
export interface ProviderClient {
  provider: OpenidProvider
  /** Where the browser is sent to sign in. */
  authorizationUrl(state: string): Promise<URL>
  /**
   * Whom a response of the provider names. `response` is the query with which the browser came back; it must answer
   * this `state`.
   */
  identify(response: URLSearchParams, state: string): Promise<Identity>
}

/** What is known of a provider is asked for again after this. */
const rememberedMinutes = 60
/** One that did not answer is not asked again so soon. */
const pauseSeconds = 5
/** Clocks differ, in seconds. */
const tolerance = 30

/** The page of the console that takes the responses of a provider: each has its own (RFC 9700, section 4.4.2.2). */
const redirectUriOf = ({ id }: Pick<OpenidProvider, 'id'>, publicUrl: string): string =>
  new URL(`/sign-in/${id}`, publicUrl).href

interface Options {
  publicUrl: string
  accountKey: string
  clock: Clock
  fetchProvider?: openid.CustomFetch
}

export const createProviderClient = (provider: OpenidProvider, options: Options): ProviderClient => {
  const { publicUrl, accountKey, clock, fetchProvider = createProviderFetch() } = options
  const redirect_uri = redirectUriOf(provider, publicUrl)
  const discover = rememberDiscovery(clock, () => configure(provider, fetchProvider))
  const key = Buffer.from(hkdfSync('sha256', accountKey, '', 'taskflow: sign-ins by OpenID providers', 32))
  // Derived from the state, of which only a hash is stored: a copy of the database completes no sign-in, and neither does
  // a response that was read on its way.
  const secretsOf = (state: string) => {
    const derive = (what: string) => createHmac('sha256', key).update(`${what} ${state}`).digest('base64url')
    return { verifier: derive('verifier'), nonce: derive('nonce') }
  }
  return {
    provider,
    authorizationUrl: async (state) => {
      const { verifier, nonce } = secretsOf(state)
      return openid.buildAuthorizationUrl(await discover(), {
        ...{ redirect_uri, scope: provider.scopes, state, nonce },
        code_challenge: await openid.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      })
    },
    identify: async (response, state) => {
      const configuration = await discover()
      const { verifier, nonce } = secretsOf(state)
      const tokens = await openid.authorizationCodeGrant(configuration, new URL(`${redirect_uri}?${response}`), {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      })
      const claims = tokens.claims()!
      if (!isSubject(claims.sub)) throw notValid(provider)
      // Many providers keep the address for this second request.
      const asked = claims.email === undefined && configuration.serverMetadata().userinfo_endpoint
      const more = asked ? await openid.fetchUserInfo(configuration, tokens.access_token, claims.sub) : claims
      return { issuer: provider.issuer, subject: claims.sub, ...about(more) }
    },
  }
}

/** OpenID Connect Core, section 2: at most 255 ASCII characters. */
const isSubject = (sub: string) => /^[\x20-\x7e]{1,255}$/.test(sub)

const about = ({ email, email_verified, name }: Record<string, unknown>): Pick<Identity, 'email' | 'name'> => {
  const address = emailInput.safeParse(email).data
  return {
    email: address === undefined ? undefined : { address, isVerified: email_verified === true },
    name: typeof name === 'string' ? name : undefined,
  }
}

const configure = async (
  provider: OpenidProvider,
  fetchProvider: openid.CustomFetch,
): Promise<openid.Configuration> => {
  const issuer = new URL(provider.issuer)
  const metadata = { [openid.clockTolerance]: tolerance }
  const execute = [
    openid.enableNonRepudiationChecks,
    ...(issuer.protocol === 'http:' ? [openid.allowInsecureRequests] : []),
  ]
  try {
    const found = await openid.discovery(issuer, provider.client_id, metadata, authentication(provider), {
      [openid.customFetch]: fetchProvider,
      execute,
    })
    // The page sends the browser there.
    if (!/^https?:/.test(found.serverMetadata().authorization_endpoint ?? '')) throw new TypeError('no page to sign in')
    return found
  } catch (cause) {
    throw new TypeError('the discovery document of an OpenID provider is of no use', { cause })
  }
}

/** In the body where that is said to work: some providers read the header otherwise than RFC 6749 writes it. */
const authentication = ({ client_secret }: OpenidProvider): openid.ClientAuth => {
  if (client_secret === undefined) return openid.None()
  const [inBody, inHeader] = [openid.ClientSecretPost(client_secret), openid.ClientSecretBasic(client_secret)]
  return (server, ...rest) =>
    (server.token_endpoint_auth_methods_supported?.includes('client_secret_post') ? inBody : inHeader)(server, ...rest)
}

/** Of any number who ask at once, one request is made. While a provider is away, what was known of it is used. */
const rememberDiscovery = (
  clock: Clock,
  discover: () => Promise<openid.Configuration>,
): (() => Promise<openid.Configuration>) => {
  let known: openid.Configuration | undefined
  let current: Promise<openid.Configuration> | undefined
  let until = 0
  const ask = async () => {
    try {
      known = await discover()
      until = clock.now().add({ minutes: rememberedMinutes }).epochMilliseconds
    } catch (error) {
      until = clock.now().add({ seconds: pauseSeconds }).epochMilliseconds
      if (!known) throw error
    }
    return known
  }
  return () => {
    if (current === undefined || clock.now().epochMilliseconds >= until) {
      until = Number.POSITIVE_INFINITY
      current = ask()
    }
    return current
  }
}
