import { existsSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { Request, RequestHandler, Response } from 'express'
import type { Answer } from './endpoint.ts'

/**
 * A file of a folder, sent as it is; compressed when `path.br` or `path.gz` lies beside it and the client can read
 * that.
 */
interface PageFile {
  folder: string
  path: string
  headers: Record<string, string>
}

/**
 * Web pages of a service, for paths that no endpoint has. Returns undefined when there is no such page: the response is
 * then a problem.
 */
export type Pages = (path: string, accept: string) => Promise<Answer | PageFile | undefined>

/** Serves GET and HEAD by a page. */
export const answerPage =
  (pages: Pages): RequestHandler =>
  async (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next()
    const page = await pages(request.path, request.headers.accept ?? '')
    if (!page) return next()
    if ('folder' in page) return sendFile(request, response, page)
    response
      .status(page.status)
      .set(page.headers ?? {})
      .send(page.body)
  }

const encodings = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const

/**
 * Express does the rest: ETag, Last-Modified, conditional and partial requests, and nothing from outside the folder.
 */
const sendFile = (request: Request, response: Response, { folder, path, headers }: PageFile): void => {
  response.type(extname(path)).vary('Accept-Encoding')
  const [encoding, suffix] =
    encodings.find(([name, end]) => request.acceptsEncodings(name) && existsSync(join(folder, path + end))) ?? []
  response.sendFile(path + (suffix ?? ''), {
    root: folder,
    cacheControl: false,
    headers: { ...headers, ...(encoding ? { 'content-encoding': encoding } : {}) },
  })
}
