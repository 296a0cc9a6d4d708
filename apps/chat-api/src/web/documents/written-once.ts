import { createHash } from 'node:crypto'
import type { Answer } from '@taskflow/service-kit'

/** A response with a document that never changes: it is written and hashed once, not for each request. */
export const writtenOnce = (document: object): Answer => {
  const body = JSON.stringify(document)
  const etag = `"${createHash('sha256').update(body).digest('base64url')}"`
  return { status: 200, body, headers: { 'content-type': 'application/json; charset=utf-8', etag } }
}
