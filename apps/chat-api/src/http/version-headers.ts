import type { IncomingHttpHeaders } from 'node:http'
import { Problem } from '@taskflow/service-kit'

/** The version of a record as its entity tag (RFC 9110, section 8.8.3). */
export const versionHeaders = ({ version }: { version: number }) => ({ etag: `"${version}"` })

/** The version that If-Match asks for; undefined when it asks for none. Problem 412 when it fits no version. */
export const expectedVersion = (headers: IncomingHttpHeaders): number | undefined => {
  const given = headers['if-match']
  if (given === undefined || given.trim() === '*') return undefined
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(given.trim())?.[1]
  if (version === undefined)
    throw new Problem('precondition-failed', 'If-Match must be the ETag of the record, like "3"')
  return Number(version)
}
