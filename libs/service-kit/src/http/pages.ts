import type { RequestHandler } from 'express'
import type { Answer } from './endpoint.ts'

/**
 * The pages of a service for people: a path that no endpoint has is asked here, with the request's headers. Undefined
 * when there is nothing, which is then a problem like any other.
 */
export type Pages = (path: string, headers: { accept: string; acceptEncoding: string }) => Promise<Answer | undefined>

/** Answers GET and HEAD by a page. */
export const answerPage =
  (pages: Pages): RequestHandler =>
  async (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next()
    const { accept = '', 'accept-encoding': encodings = '' } = request.headers
    const page = await pages(request.path, { accept, acceptEncoding: String(encodings) })
    if (!page) return next()
    response
      .status(page.status)
      .set(page.headers ?? {})
      .send(page.body)
  }
