import type { IncomingHttpHeaders } from 'node:http'
import { localhostAllowedHostnames, validateHostHeader } from '@modelcontextprotocol/server'
import { Problem } from '@taskflow/service-kit'

/** The origins and hosts that may use /mcp, besides the public address and this machine. */
export interface AllowedSources {
  /** Origins of web pages, such as https://inspector.example.com */
  origins: string[]
  /** Names by which clients reach the service, such as chat-api.taskflow.svc */
  hosts: string[]
}

/**
 * Refuses requests that another site makes a browser send, also by DNS rebinding: a name of that site that resolves to
 * this machine. Clients other than browsers send no Origin. Problem 403.
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
