import { isIP } from 'node:net'

/** The name of the Service on Kubernetes, by which chat-api reads caught mail. */
const ownNames = ['localhost', 'mailbox']

/**
 * Whether a Host field names this mailbox. A page of another site can make its own name resolve to this machine and would
 * read the caught mails, with their links (DNS rebinding); it needs a name for that, so addresses pass.
 */
export const isOwnHost = (host: string | undefined, allowed: string[]): boolean => {
  const url = /^[\w.:[\]-]+$/.test(host ?? '') ? URL.parse(`http://${host}`) : null
  if (!url) return false
  const isAddress = isIP(url.hostname.replace(/[[\]]/g, '')) !== 0
  return isAddress || [...ownNames, ...allowed].some((name) => name.toLowerCase() === url.hostname)
}
