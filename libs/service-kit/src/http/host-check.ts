import { isIP } from 'node:net'
import { Problem } from './problem.ts'

/** The names by which clients reach a public service. */
export interface HostNames {
  /** The service's name within a cluster, such as chat-api. */
  service: string
  /** Where people reach it. */
  publicUrl: string
  /** Further names, from the setting `ALLOWED_HOSTS`. */
  others: string[]
}

/**
 * Refuses requests to a name that is not this service's: a page of another site can make its own name resolve to this
 * machine, and a browser then sends its requests here and lets the page read the answers (DNS rebinding). Such a page
 * needs a name, so addresses pass: probes and load balancers use them. Problem 403.
 */
export const createHostCheck = ({ service, publicUrl, others }: HostNames): ((host: string | undefined) => void) => {
  const names = new Set([
    'localhost',
    service,
    new URL(publicUrl).hostname,
    ...others.map((name) => nameOf(name) ?? name),
  ])
  // Not `service.namespace`: that could be a name on the internet.
  const inCluster = new RegExp(`^${service}\\.[a-z0-9-]+\\.svc(\\.cluster\\.local)?$`)
  return (host) => {
    const name = nameOf(host)
    if (name && (names.has(name) || name.endsWith('.localhost') || isAddress(name) || inCluster.test(name))) return
    const given = host ? host.slice(0, 200) : 'a request without Host'
    throw new Problem(
      'forbidden',
      `${given} is not a name of this service; use that of PUBLIC_URL, or add it to ALLOWED_HOSTS`,
    )
  }
}

/** The name in a Host field, without the port. */
const nameOf = (host = ''): string | undefined => {
  if (!/^[\w.:[\]-]+$/.test(host)) return undefined
  return URL.parse(`http://${host}`)?.hostname.replace(/\.$/, '')
}

const isAddress = (name: string): boolean => isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0
