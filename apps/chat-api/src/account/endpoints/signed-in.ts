import type { UserRow } from '@taskflow/database'
import type { Answer } from '@taskflow/service-kit'
import { z } from 'zod'
import { type AccessTokens, accessTokenSeconds } from '../access-tokens.ts'
import type { Session } from '../sessions.ts'
import { publicUser } from '../users.ts'
import { userAnswer } from './schemas.ts'

export const signedInAnswer = z
  .object({
    user: userAnswer,
    token: z.string(),
    expires_in: z.int().meta({ description: 'seconds that token holds' }),
    refresh_token: z.string(),
  })
  .meta({ id: 'SignedIn' })

/** The answer to a successful sign-in; caches must not store it. */
export const signedIn = async (
  accessTokens: AccessTokens,
  { status, user, session }: { status: 200 | 201; user: UserRow; session: Session },
): Promise<Answer> => ({
  status,
  headers: { 'cache-control': 'no-store' },
  body: {
    user: publicUser(user),
    token: await accessTokens.issue(session),
    expires_in: accessTokenSeconds,
    refresh_token: session.refresh_token,
  } satisfies z.infer<typeof signedInAnswer>,
})
