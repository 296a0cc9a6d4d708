import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Pages } from '@taskflow/service-kit'

/**
 * Everything comes from here, nothing is inline, and no text becomes code. Not `upgrade-insecure-requests`: all is of
 * the same origin anyway, and it breaks a page that is served without TLS elsewhere than on localhost.
 */
const contentSecurityPolicy = [
  "default-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

const notBuilt = {
  status: 503,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: `TaskFlow runs, but its page is not built. To build it:

  npx nx build console

The interface is described at /docs.
`,
}

/**
 * The console out of the folder it is built into (apps/console): files by name, and its start page for every other
 * address that a browser asks for, because the page has routes of its own. Files under /assets are named by their
 * content and stay for good.
 */
export const consolePages =
  (folder: string): Pages =>
  async (path, accept) => {
    const find = (name: string, headers: Record<string, string>) =>
      existsSync(join(folder, name)) ? { folder, path: name, headers } : undefined
    // Names as the build gives them: neither `..` nor anything else that leads out of the folder.
    const name = /^\/((?:[\w-]+\/)*[\w-]+(?:\.[\w-]+)+)$/.exec(path)?.[1]
    const isAsset = path.startsWith('/assets/')
    if (name !== undefined && name !== 'index.html' && !/\.(br|gz)$/.test(name)) {
      const file = find(name, { 'cache-control': isAsset ? 'public, max-age=31536000, immutable' : 'no-cache' })
      if (file) return file
    }
    const isPage = !isAsset && !/^\/(api|docs|schemas|links|events|operator|dapr|mcp|oauth)(\/|$)/.test(path)
    if (path !== '/' && !(isPage && accept.includes('text/html'))) return undefined
    const headers = { 'cache-control': 'no-cache', 'content-security-policy': contentSecurityPolicy }
    return find('index.html', headers) ?? notBuilt
  }
