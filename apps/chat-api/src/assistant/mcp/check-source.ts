import type { IncomingHttpHeaders } from 'node:http'
import { localhostAllowedHostnames, validateHostHeader } from '@modelcontextprotocol/server'
import { Problem } from '@taskflow/service-kit'

/** From where /mcp may be used, beside the public address and this machine. */
export interface AllowedSources {
  /** Of pages in browsers, such as https://inspector.example.com */
  origins: string[]
  /** Names under which clients reach the service, such as chat-api.taskflow.svc */
  hosts: string[]
}

/**
 * Refuses requests that a page of somebody else makes a browser send, also when it has bent a name of its own to this
 * machine (DNS rebinding). Clients that are no browser send no Origin. Problem 403.
 */
export const createSourceCheck = (publicUrl: string, { origins, hosts }: AllowedSources) => {
  const { origin: ownOrigin, hostname } = new URL(publicUrl)
  const allowedOrigins = new Set([ownOrigin, ...origins])
  const allowedHosts = [...localhostAllowedHostnames(), hostname, ...hosts]
  return ({ origin, host }: IncomingHttpHeaders): void => {
    if (origin !== undefined && !allowedOrigins.has(origin)) {
      throw new Problem(
        'forbidden',
        `pages of ${origin} may not use /mcp; if they should, add it to MCP_ALLOWED_ORIGINS`,
      )
    }
    if (!validateHostHeader(host, allowedHosts).ok) {
      throw new Problem(
        'forbidden',
        `${host} is not a name of this service; use that of PUBLIC_URL, or add it to MCP_ALLOWED_HOSTS`,
      )
    }
  }
}
