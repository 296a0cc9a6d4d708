import type { IncomingHttpHeaders } from 'node:http'
import { invalid } from '@taskflow/service-kit'
import { z } from 'zod'
import { readCookie, usesRefreshCookie } from '../cookies.ts'

export const refreshToken = z
  .strictObject({
    refresh_token: z.string().max(200).optional().meta({ description: 'needed unless a browser keeps it in a cookie' }),
  })
  .meta({ id: 'RefreshToken' })

/** The refresh token of a request, from its body or, for a browser, its cookie. Problem 422 when there is none. */
export const givenRefreshToken = (
  body: z.infer<typeof refreshToken>,
  headers: IncomingHttpHeaders,
  publicUrl: string,
): string => {
  const given =
    body.refresh_token ?? (usesRefreshCookie(headers) ? readCookie(headers, 'refresh', publicUrl) : undefined)
  if (given === undefined) throw invalid('refresh_token', 'is needed')
  return given
}
