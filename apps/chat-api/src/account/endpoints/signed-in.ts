import type { IncomingHttpHeaders } from 'node:http'
import type { UserRow } from '@taskflow/database'
import type { Answer } from '@taskflow/service-kit'
import { z } from 'zod'
import { accessTokenSeconds } from '../access-tokens.ts'
import { usesRefreshCookie, writeCookie } from '../cookies.ts'
import type { AccountDeps } from '../deps.ts'
import type { Session } from '../sessions.ts'
import { publicUser } from '../users.ts'
import { userAnswer } from './schemas.ts'

export const signedInAnswer = z
  .object({
    user: userAnswer,
    token: z.string(),
    expires_in: z.int().meta({ description: 'seconds that token holds' }),
    refresh_token: z
      .string()
      .optional()
      .meta({ description: 'left out when the request has X-Refresh-Token: cookie, which puts it into a cookie' }),
  })
  .meta({ id: 'SignedIn' })

/** The answer to a successful sign-in. */
export const signedIn = async (
  { accessTokens, knownDevices, publicUrl }: Pick<AccountDeps, 'accessTokens' | 'knownDevices' | 'publicUrl'>,
  headers: IncomingHttpHeaders,
  { status, user, session }: { status: 200 | 201; user: UserRow; session: Session },
): Promise<Answer> => {
  const inCookie = usesRefreshCookie(headers)
  return {
    status,
    headers: {
      'set-cookie': [
        writeCookie('device', await knownDevices.remember(user.id, headers), publicUrl),
        ...(inCookie ? [writeCookie('refresh', session.refresh_token, publicUrl)] : []),
      ],
    },
    body: {
      user: publicUser(user),
      token: await accessTokens.issue(session),
      expires_in: accessTokenSeconds,
      ...(inCookie ? {} : { refresh_token: session.refresh_token }),
    } satisfies z.infer<typeof signedInAnswer>,
  }
}
