import { lookup as dnsLookup, type LookupAddress } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { buildConnector } from 'undici'

/** The only IPv6 addresses that IANA has given out; what is outside, such as ::/96, belongs to no public host. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')

/** Public by its number, but answered by the machine itself: the host of a virtual machine on Azure. */
const cloudHosts = ['168.63.129.16']

/**
 * Whether an IP address is one of the public internet: not private, loopback, link-local, multicast or reserved (IANA
 * special-purpose registries). An IPv4 address inside an IPv6 address counts as IPv4.
 */
export const isPublicAddress = (address: string): boolean => {
  try {
    const parsed = ipaddr.process(address)
    if (parsed.range() !== 'unicast' || cloudHosts.includes(parsed.toString())) return false
    return parsed instanceof ipaddr.IPv4 || parsed.match(globalUnicast)
  } catch {
    return false
  }
}

/**
 * Connects to public addresses only. A name is resolved here and the connection goes to the checked address, which
 * defeats DNS rebinding. `isAllowed` and `resolve` are for tests.
 */
export const createPublicConnector = (options: {
  isAllowed?: (address: string) => boolean
  resolve?: typeof dnsLookup
  timeout: number
}): buildConnector.connector => {
  const isAllowed = options.isAllowed ?? isPublicAddress
  const resolve = options.resolve ?? dnsLookup
  const lookup: LookupFunction = (hostname, lookupOptions, callback) => {
    resolve(hostname, { ...lookupOptions, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return callback(error, [])
      const refused = addresses.find(({ address }) => !isAllowed(address))
      if (refused) return callback(refusal(hostname, refused.address), [])
      const [first] = addresses
      if (lookupOptions.all || !first) callback(null, addresses)
      else callback(null, first.address, first.family)
    })
  }
  const connect = buildConnector({ timeout: options.timeout, lookup })
  return (target, callback) => {
    // A literal address is not looked up.
    const host = target.hostname.replace(/^\[|\]$/g, '')
    if (isIP(host) && !isAllowed(host)) return callback(refusal(host, host), null)
    connect(target, callback)
  }
}

const refusal = (hostname: string, address: string) =>
  new Error(
    hostname === address
      ? `${address} is not a public address`
      : `${hostname} leads to ${address}, which is not a public address`,
  )
