import type { IncomingHttpHeaders } from 'node:http'
import { parseCookie, stringifySetCookie } from 'cookie'

const day = 86_400

/** Scripts cannot read these cookies, and no other site's pages send them. */
const kinds = {
  /** The refresh token of a browser. */
  refresh: { name: 'taskflow_refresh', seconds: 30 * day },
  /** Says that this browser has signed in to an account before: see known-devices.ts */
  device: { name: 'taskflow_device', seconds: 365 * day },
  /** Which browser began a sign-in with an OpenID provider. */
  openid: { name: 'taskflow_openid', seconds: 1_200 },
} as const

/**
 * Where the page is served by https, browsers hold a name with this prefix to this host alone: no other site of the same
 * domain can set such a cookie. Its path is the whole host then.
 */
const attributesFor = (kind: keyof typeof kinds, publicUrl: string) => {
  const { name } = kinds[kind]
  return publicUrl.startsWith('https:')
    ? { name: `__Host-${name}`, path: '/', secure: true }
    : { name, path: '/api/v1/auth', secure: false }
}

export const readCookie = (
  headers: IncomingHttpHeaders,
  kind: keyof typeof kinds,
  publicUrl: string,
): string | undefined => parseCookie(headers.cookie ?? '')[attributesFor(kind, publicUrl).name]

/** The value of a Set-Cookie header; without a value, it deletes the cookie. */
export const writeCookie = (kind: keyof typeof kinds, value: string | undefined, publicUrl: string): string =>
  stringifySetCookie({
    ...attributesFor(kind, publicUrl),
    value: value ?? '',
    httpOnly: true,
    sameSite: 'strict',
    maxAge: value === undefined ? 0 : kinds[kind].seconds,
  })

/**
 * Whether a client keeps its refresh token in a cookie: it says so by a header that pages of other sites cannot send,
 * so that none of them can use the cookie.
 */
export const usesRefreshCookie = (headers: IncomingHttpHeaders): boolean => headers['x-refresh-token'] === 'cookie'
