import { readFile } from 'node:fs/promises'
import { bodies, headerFields } from './message.ts'
import type { Answer, Request } from './request.ts'

const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  'img-src data:',
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** A mail can run nothing, send nothing and load nothing; its links open in a tab of their own. */
const mailPolicy = [
  'sandbox allow-popups allow-popups-to-escape-sandbox',
  "default-src 'none'",
  'img-src data:',
  "style-src 'unsafe-inline'",
  'font-src data:',
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ')

const pageFiles: Record<string, [file: string, type: string]> = {
  '': ['page.html', 'text/html; charset=utf-8'],
  'page.css': ['page.css', 'text/css; charset=utf-8'],
  'page.js': ['page.js', 'text/javascript; charset=utf-8'],
}

export const pageFile = async ({ path }: Request): Promise<Answer> => {
  const [file, type] = pageFiles[path[0]!]!
  const body = await readFile(new URL(`./page/${file}`, import.meta.url))
  return { type, body, headers: { 'content-security-policy': pagePolicy } }
}

const ofMessage =
  (answer: (bytes: Buffer, path: string[]) => Promise<Answer | null> | Answer) =>
  async ({ store, path }: Request): Promise<Answer | null> => {
    const bytes = await store.raw(path[0]!)
    return bytes && answer(bytes, path)
  }

export const rawOf = ofMessage((body) => ({ type: 'text/plain; charset=utf-8', body }))

export const headersOf = ofMessage(async (bytes) => ({ body: headerFields((await bodies(bytes)).headers) }))

/** The HTML of a mail as a document of its own, for the page's frame. */
export const viewOf = ofMessage(async (bytes) => {
  const { HTML } = await bodies(bytes)
  const headers = { 'content-security-policy': mailPolicy }
  return { type: 'text/html; charset=utf-8', body: `<!doctype html><base target="_blank">${HTML}`, headers }
})

/** An attachment, always as a download: shown in place it would be a page of this origin. */
export const contentOf = ofMessage(async (bytes, [, partId]) => {
  const part = (await bodies(bytes)).content(partId!)
  if (!part) return null
  const name = encodeURIComponent(part.filename ?? `part-${partId}`)
  return {
    type: part.contentType.replace(/[^\w/+.-]/g, ''),
    body: part.content,
    headers: { 'content-disposition': `attachment; filename*=UTF-8''${name}`, 'content-security-policy': 'sandbox' },
  }
})
