import { type LookupAddress, lookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { Agent, fetch as undiciFetch } from 'undici'

/** Names of networks that are not public, and of none. */
const innerName = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|private|svc|arpa|test|invalid|onion)$/

/**
 * Whether a client's metadata document may be fetched from there: a public name on port 443. What the name leads to is
 * checked when it is resolved.
 */
export const mayFetchFrom = (address: string): boolean => {
  const url = URL.parse(address)
  if (url?.protocol !== 'https:' || url.port !== '') return false
  const name = url.hostname.replace(/\.$/, '')
  return name.includes('.') && isIP(name) === 0 && !name.startsWith('[') && !innerName.test(name)
}

/** At once, at one replica. */
const maxFetches = 20

const isPublic = (address: string): boolean => {
  const parsed = ipaddr.process(address)
  // Deprecated IPv4-compatible addresses (RFC 4291, section 2.5.5.1) count as unicast.
  return (
    parsed.range() === 'unicast' &&
    !(parsed instanceof ipaddr.IPv6 && parsed.parts.slice(0, 6).every((part) => part === 0))
  )
}

/** The connection goes to the address that was checked, so that a name cannot lead elsewhere the second time. */
const publicLookup =
  (resolve: typeof lookup): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
      if (error) return callback(error, [])
      if (found.length === 0 || !found.every(({ address }) => isPublic(address))) {
        return callback(new Error('the name leads to an address that is not public'), [])
      }
      if (options.all) callback(null, found)
      else callback(null, found[0]!.address, found[0]!.family)
    })
  }

/** Fetches metadata documents from public addresses. oidc-provider gives the deadline and bounds the size. */
export const createClientFetch = (resolve: typeof lookup = lookup): typeof fetch => {
  const dispatcher = new Agent({
    connect: { lookup: publicLookup(resolve), timeout: 2_000 },
    connections: 2,
    headersTimeout: 2_500,
    bodyTimeout: 2_500,
    maxHeaderSize: 16_384,
  })
  let running = 0
  const fetchClient = async (address: string, options: object) => {
    if (running >= maxFetches) throw new Error('too many metadata documents are being fetched')
    running++
    try {
      return await undiciFetch(address, { ...options, dispatcher, redirect: 'manual' })
    } finally {
      running--
    }
  }
  return fetchClient as unknown as typeof fetch
}
