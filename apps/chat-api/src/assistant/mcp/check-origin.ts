import type { IncomingHttpHeaders } from 'node:http'
import { Problem } from '@taskflow/service-kit'

/**
 * Refuses requests that a page of another site makes a browser send; `origins` are those of pages that may, besides the
 * public address. Clients other than browsers send no Origin. That the Host is ours, the whole service checks. Problem 403.
 */
export const createOriginCheck = (publicUrl: string, origins: string[]) => {
  const allowed = new Set([new URL(publicUrl).origin, ...origins])
  return ({ origin }: IncomingHttpHeaders): void => {
    if (origin === undefined || allowed.has(origin)) return
    throw new Problem('forbidden', `pages of ${origin} may not use /mcp; if they should, add it to MCP_ALLOWED_ORIGINS`)
  }
}
