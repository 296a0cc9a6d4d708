import { randomBytes, randomUUID } from 'node:crypto'
import { recipients } from '@taskflow/database'
import { endpoint, Problem, type Tx } from '@taskflow/service-kit'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { challengeLimit, freeAt, take } from '../domain/limits.ts'

/** Challenges in flight at most: each is held by a request. */
const maxAtOnce = 16

/**
 * For chat-api: posts a challenge to a person's webhook and reports whether its receiver repeated it. chat-api records
 * that, and that the URL is still the same. Counted in the database, so that the limit holds for all replicas.
 */
export const verifyWebhook = ({ transaction, db, clock, log, webhooks, challengesPerHour }: Deps) => {
  let inFlight = 0
  const count = async (tx: Tx, user_id: string) => {
    const limit = challengeLimit(user_id, challengesPerHour)
    if (await freeAt(tx, limit)) throw new Problem('too-many-requests', `${limit.reason}; try again later`)
    await take(tx, limit)
  }
  return endpoint({
    method: 'post',
    path: '/webhooks/verify',
    summary: 'Post a challenge to the webhook of a user',
    access: 'mesh',
    body: z.strictObject({ user_id: z.uuid() }),
    answers: { 200: z.object({ passed: z.boolean() }) },
    handle: async ({ body: { user_id }, origin }) => {
      const [recipient] = await db.select().from(recipients).where(eq(recipients.user_id, user_id))
      const { webhook_url: url, webhook_secret: secret } = recipient ?? {}
      if (!url || !secret) throw new Problem('not-found', 'you have registered no webhook')
      if (inFlight >= maxAtOnce) {
        throw new Problem('too-many-requests', 'too many webhooks are being verified just now; try again shortly')
      }
      inFlight++
      try {
        await transaction((tx) => count(tx, user_id), origin)
        const challenge = randomBytes(32).toString('base64url')
        const timestamp = Math.floor(clock.now().epochMilliseconds / 1_000)
        const body = JSON.stringify({ type: 'webhook.verification', challenge })
        const outcome = await webhooks.challenge({ url, secret, id: randomUUID(), timestamp, body }, challenge)
        if (!outcome.passed) log.info('a webhook did not pass its challenge', { detail: outcome.detail })
        return { status: 200, body: { passed: outcome.passed } }
      } finally {
        inFlight--
      }
    },
  })
}
