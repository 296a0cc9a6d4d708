import { chatTokens, users } from '@taskflow/database'
import { type Database, Problem, type Tx, tooManyRequests } from '@taskflow/service-kit'
import { and, eq, lt, sql, sum } from 'drizzle-orm'

/** Tokens of the language model on a day (UTC); 0: no limit. */
export interface TokenBudget {
  ofPerson: number
  inAll: number
}

/** Tokens set aside for a reply: those of its limit, until what it used is known. */
export interface ReservedTokens {
  user_id: string
  day: string
  reserved: number
  used: number
}

const dayOf = (now: Temporal.Instant): string => now.toString().slice(0, 10)

const refusal = (name: string, detail: string, allowed: number, now: Temporal.Instant) => {
  const midnight = now.toZonedDateTimeISO('UTC').startOfDay().add({ days: 1 }).toInstant()
  const resetSeconds = Math.ceil(now.until(midnight).total('seconds'))
  return tooManyRequests(detail, { name, allowed, windowSeconds: 86_400, remaining: 0, resetSeconds })
}

/**
 * Sets tokens aside for a reply. Problem 403 for an address that is not confirmed, 429 when the person, or all people together, have used up those of the day. In
 * all, replies that begin at the same moment may go over the limit by what each may use.
 */
export const reserveTokens = async (
  tx: Tx,
  user_id: string,
  { ofPerson, inAll }: TokenBudget,
  reserved: number,
): Promise<ReservedTokens> => {
  const now = tx.clock.now()
  const day = dayOf(now)
  const [person] = await tx.select({ confirmed: users.email_confirmed_at }).from(users).where(eq(users.id, user_id))
  if (!person?.confirmed)
    throw new Problem('forbidden', 'confirm your e-mail address first: then the assistant responds')
  if (inAll > 0) {
    const [used] = await tx
      .select({ tokens: sum(chatTokens.tokens).mapWith(Number) })
      .from(chatTokens)
      .where(eq(chatTokens.day, day))
    if ((used?.tokens ?? 0) >= inAll) {
      const detail = 'the assistant has used up what it may in a day (the limit "chat-tokens-in-all")'
      throw refusal('chat-tokens-in-all', detail, inAll, now)
    }
  }
  const { rowCount } = await tx
    .insert(chatTokens)
    .values({ user_id, day, tokens: reserved })
    .onConflictDoUpdate({
      target: [chatTokens.user_id, chatTokens.day],
      set: { tokens: sql`${chatTokens.tokens} + ${reserved}` },
      ...(ofPerson > 0 ? { setWhere: lt(chatTokens.tokens, ofPerson) } : {}),
    })
  if (rowCount === 0) {
    const detail = 'you have used up what the assistant may read and write for you in a day (the limit "chat-tokens")'
    throw refusal('chat-tokens', detail, ofPerson, now)
  }
  return { user_id, day, reserved, used: 0 }
}

/** Counts what a reply used instead of what was set aside for it. */
export const settleTokens = async (db: Database, { user_id, day, reserved, used }: ReservedTokens): Promise<void> => {
  await db
    .update(chatTokens)
    .set({ tokens: sql`${chatTokens.tokens} + ${used - reserved}` })
    .where(and(eq(chatTokens.user_id, user_id), eq(chatTokens.day, day)))
}

/** Removes the counts of past days. */
export const removeTokenCounts = async (db: Database, now: Temporal.Instant): Promise<void> => {
  await db.delete(chatTokens).where(lt(chatTokens.day, dayOf(now)))
}
