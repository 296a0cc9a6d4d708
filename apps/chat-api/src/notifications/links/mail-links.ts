import { type LinkClaims, linkAudience, linkClaims } from '@taskflow/event-contracts'
import type { Clock } from '@taskflow/service-kit'
import { errors, jwtVerify } from 'jose'

/** Reads the links of mails. */
export interface MailLinks {
  /** What a link may do; throws InvalidLink. */
  read(token: string): Promise<LinkClaims>
}

/** A link that allows nothing; the message is for the person who followed it. */
export class InvalidLink extends Error {
  readonly status: 404 | 410
  constructor(status: 404 | 410, message: string) {
    super(message)
    this.status = status
  }
}

export const createMailLinks = ({ secret, clock }: { secret: string; clock: Clock }): MailLinks => {
  const key = new TextEncoder().encode(secret)
  return {
    read: async (token) => {
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: ['HS256'],
          audience: linkAudience,
          requiredClaims: ['exp', 'sub', 'jti'],
          currentDate: new Date(clock.now().epochMilliseconds),
        })
        return linkClaims.parse(payload)
      } catch (error) {
        if (error instanceof errors.JWTExpired) throw new InvalidLink(410, 'This link has expired.')
        throw new InvalidLink(404, 'This link is not complete. Follow it from the mail again, or copy all of it.')
      }
    },
  }
}
