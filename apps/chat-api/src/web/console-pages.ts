import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { Pages } from '@taskflow/service-kit'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
}

/**
 * Everything comes from here, nothing is inline, and no text becomes code. Not `upgrade-insecure-requests`: all is of the
 * same origin anyway, and it breaks a page that is served without TLS elsewhere than on localhost.
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

const notBuilt = `TaskFlow runs, but its page is not built. To build it:

  npx nx build console

The interface is described at /docs.
`

/**
 * The console out of the folder it is built into (apps/console): files by name, and its start page for every other address
 * that a browser asks for, because the page has routes of its own. Files under /assets are named by their content and
 * stay for good; each may lie there compressed, as `.br` or `.gz`.
 */
export const consolePages = (folder: string): Pages => {
  const start = async (acceptEncoding: string) => {
    const page = await readPage(folder, 'index.html', acceptEncoding)
    if (!page) return { status: 503, body: notBuilt, headers: { 'content-type': 'text/plain; charset=utf-8' } }
    const headers = { ...page.headers, 'cache-control': 'no-cache', 'content-security-policy': contentSecurityPolicy }
    return { ...page, headers }
  }
  return async (path, { accept, acceptEncoding }) => {
    // Names as the build gives them: neither `..` nor anything else that leads out of the folder.
    const file = /^\/((?:[\w-]+\/)*[\w-]+(?:\.[\w-]+)+)$/.exec(path)?.[1]
    const isAsset = path.startsWith('/assets/')
    const page = file === undefined ? undefined : await readPage(folder, file, acceptEncoding)
    if (page && file !== 'index.html') {
      const cacheControl = isAsset ? 'public, max-age=31536000, immutable' : 'no-cache'
      return { ...page, headers: { ...page.headers, 'cache-control': cacheControl } }
    }
    const isPage = !isAsset && !/^\/(api|docs|schemas|links|events|operator|dapr|mcp)(\/|$)/.test(path)
    return path === '/' || (isPage && accept.includes('text/html')) ? start(acceptEncoding) : undefined
  }
}

const readPage = async (folder: string, file: string, acceptEncoding: string) => {
  const type = types[extname(file)]
  if (type === undefined) return undefined
  const encodings = [
    ['br', '.br'],
    ['gzip', '.gz'],
  ].filter(([name]) => new RegExp(`\\b${name}\\b(?!\\s*;\\s*q=0(?![.\\d]*[1-9]))`).test(acceptEncoding))
  for (const [encoding, suffix] of [...encodings, [undefined, '']]) {
    const body = await readFile(join(folder, file + suffix)).catch(() => undefined)
    if (body === undefined) continue
    const headers = {
      'content-type': type,
      vary: 'Accept-Encoding',
      ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
    }
    return { status: 200, body, headers }
  }
  return undefined
}
