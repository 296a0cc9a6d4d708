import { type AllClientMetadata, errors } from 'oidc-provider'
import { requestedScopes } from './app-scopes.ts'

const loopback = /^(localhost|127\.0\.0\.1|\[::1\])$/
const maxRedirects = 20
const maxRedirect = 1_000
const maxName = 80

/**
 * Brings what a client says of itself, by registration or in its metadata document, to what is served here: public
 * clients with PKCE. Clients ask for more than they need, and RFC 7591 (section 2) lets a server replace it. Throws for
 * addresses to which no code may be sent: everything but https, this machine and the listed private schemes.
 */
export const normalizeClient =
  (privateSchemes: string[]) =>
  (metadata: AllClientMetadata): void => {
    const redirects = redirectsOf(metadata).map((redirect) => ({ redirect, place: placeOf(redirect, privateSchemes) }))
    const refused = redirects.find(({ place }) => place === undefined)
    if (refused) {
      throw new errors.InvalidRedirectUri(
        `redirect_uris: ${refused.redirect.slice(0, 200)} is not https, not on this machine, and not of a known scheme`,
      )
    }
    // Programs on a person's machine often do not say that they are, and listen on any port (RFC 8252, section 7.3).
    metadata.application_type = redirects.some(({ place }) => place === 'native') ? 'native' : 'web'
    metadata.response_types = ['code']
    metadata.response_modes = ['query']
    metadata.grant_types = listOf(metadata.grant_types).filter((each) =>
      /^(authorization_code|refresh_token)$/.test(each),
    )
    if (/^client_secret_/.test(metadata.token_endpoint_auth_method ?? 'client_secret_')) {
      metadata.token_endpoint_auth_method = 'none'
    }
    metadata.client_name = nameOf(metadata)
    if (typeof metadata.scope === 'string') metadata.scope = requestedScopes(metadata.scope).join(' ')
    else delete metadata.scope
    for (const name of unused) delete metadata[name]
  }

/** Never used here: logos would be loaded from elsewhere, and there are no secrets. */
const unused = [
  'client_secret',
  'client_secret_expires_at',
  'contacts',
  'default_acr_values',
  'default_max_age',
  'initiate_login_uri',
  'logo_uri',
  'policy_uri',
  'require_auth_time',
  'sector_identifier_uri',
  'tos_uri',
] as const

const listOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []

const redirectsOf = ({ redirect_uris }: AllClientMetadata): string[] => {
  const redirects = listOf(redirect_uris)
  if (redirects.length > maxRedirects || redirects.some(({ length }) => length > maxRedirect)) {
    throw new errors.InvalidClientMetadata(
      `redirect_uris: at most ${maxRedirects}, of at most ${maxRedirect} characters`,
    )
  }
  return redirects
}

const placeOf = (redirect: string, privateSchemes: string[]): 'web' | 'native' | undefined => {
  const url = URL.parse(redirect)
  if (!url || url.username || url.password) return undefined
  if (url.protocol === 'https:') return 'web'
  if (url.protocol === 'http:') return loopback.test(url.hostname) ? 'native' : undefined
  return privateSchemes.includes(url.protocol.slice(0, -1)) ? 'native' : undefined
}

/** Without characters that are not shown, or that turn the text around. */
const nameOf = ({ client_name, client_id }: AllClientMetadata): string => {
  const name = typeof client_name === 'string' ? client_name.replace(/[\p{C}\p{Z}]+/gu, ' ').trim() : ''
  return [...(name || hostOf(client_id ?? '') || 'An app without a name')].slice(0, maxName).join('')
}

/** Where a redirect leads, for people: a host, or the scheme of a program. */
export const hostOf = (address: string): string => {
  const url = URL.parse(address)
  if (!url) return ''
  return /^https?:$/.test(url.protocol) ? url.host : url.protocol
}

/** Whether a redirect leads to a program on the person's machine. */
export const isLocal = (address: string): boolean => {
  const url = URL.parse(address)
  return url !== null && url.protocol !== 'https:'
}
