import { type ChatConversationRow, chatConversations, chatLeftovers, users } from '@taskflow/database'
import { instant } from '@taskflow/event-contracts'
import { type Database, Problem, type Tx } from '@taskflow/service-kit'
import { and, desc, eq, gt, lt, or } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'

/** A conversation as people see it. */
export const shownConversation = z
  .object({
    id: z.uuid(),
    title: z.string(),
    created_at: instant,
    updated_at: instant,
    is_running: z.boolean().meta({ description: 'an answer is being made' }),
  })
  .meta({ id: 'Conversation' })

export const showConversation = (
  { id, title, created_at, updated_at, ...row }: ChatConversationRow,
  now: Temporal.Instant,
): z.infer<typeof shownConversation> => ({ id, title, created_at, updated_at, is_running: isRunning(row, now) })

/** Whether a reply is being generated. One whose time is over belongs to a process that died. */
export const isRunning = ({ turn_until }: Pick<ChatConversationRow, 'turn_until'>, now: Temporal.Instant): boolean =>
  turn_until !== null && Temporal.Instant.compare(turn_until, now) > 0

const ofUser = (user_id: string, id: string) =>
  and(eq(chatConversations.id, id), eq(chatConversations.user_id, user_id))

/** Problem 404 when it does not exist or belongs to somebody else. */
export const findConversation = async (
  db: Database | Tx,
  user_id: string,
  id: string,
): Promise<ChatConversationRow> => {
  const [row] = await db.select().from(chatConversations).where(ofUser(user_id, id))
  if (!row) throw new Problem('not-found', 'there is no such conversation')
  return row
}

/** The last used come first. */
export const findConversations = (
  db: Database,
  user_id: string,
  { limit, after }: { limit: number; after?: { updated_at: string; id: string } | undefined },
): Promise<ChatConversationRow[]> => {
  const { id, updated_at } = chatConversations
  return db
    .select()
    .from(chatConversations)
    .where(
      and(
        eq(chatConversations.user_id, user_id),
        after && or(lt(updated_at, after.updated_at), and(eq(updated_at, after.updated_at), lt(id, after.id))),
      ),
    )
    .orderBy(desc(updated_at), desc(id))
    .limit(limit)
}

const maxRunning = 5

const busy = (detail: string) => new Problem('in-progress', detail, { headers: { 'retry-after': '1' } })

/**
 * Claims a conversation, or a new one, for a turn that lasts until `until` at most. Returns the row as it was before.
 * Problems: 404; 409 while another turn runs in it; 429 when five turns of the user run.
 */
export const claimTurn = async (
  tx: Tx,
  user_id: string,
  turn: { id: string; until: string; conversation_id: string | undefined; title: string },
): Promise<ChatConversationRow> => {
  const now = tx.clock.now()
  // One after the other, so that of turns claimed at once none is missed, and before or after a deletion of the account.
  const [person] = await tx.select({ id: users.id }).from(users).where(eq(users.id, user_id)).for('no key update')
  if (!person) throw new Problem('not-found', 'there is no such account')
  const running = and(eq(chatConversations.user_id, user_id), gt(chatConversations.turn_until, now.toString()))
  if ((await tx.$count(chatConversations, running)) >= maxRunning) {
    throw new Problem('too-many-requests', `you wait for ${maxRunning} answers already`, {
      headers: { 'retry-after': '5' },
    })
  }
  const claim = { turn_id: turn.id, turn_until: turn.until, updated_at: now.toString() }
  if (turn.conversation_id === undefined) {
    const [row] = await tx
      .insert(chatConversations)
      .values({ ...claim, id: uuidv7(), user_id, title: turn.title, created_at: now.toString() })
      .returning()
    return { ...row!, turn_id: null, turn_until: null }
  }
  await findConversation(tx, user_id, turn.conversation_id)
  const mine = ofUser(user_id, turn.conversation_id)
  const [before] = await tx.select().from(chatConversations).where(mine).for('update', { skipLocked: true })
  if (!before || isRunning(before, now)) throw busy('the answer to what you said before is still being made')
  await tx.update(chatConversations).set(claim).where(mine)
  return before
}

/** A turn in a user's conversation. */
interface TurnKey {
  id: string
  user_id: string
  conversation: { id: string }
}

const ofTurn = ({ id, user_id, conversation }: TurnKey) =>
  and(ofUser(user_id, conversation.id), eq(chatConversations.turn_id, id))

/** Ends a turn whose reply is stored. If its conversation was deleted meanwhile, the reply must be deleted too. */
export const endTurn = async (db: Database, turn: TurnKey, now: Temporal.Instant): Promise<void> => {
  const { rowCount } = await db.update(chatConversations).set({ turn_id: null, turn_until: null }).where(ofTurn(turn))
  if (rowCount === 1) return
  const { id } = turn.conversation
  const existing = await db.select({ id: chatConversations.id }).from(chatConversations).where(ofUser(turn.user_id, id))
  if (existing.length === 0) await leaveMessages(db, [id], now)
}

/** Ends a turn whose reply could not be stored, by letting its time run out. */
export const abandonTurn = async (db: Database, turn: TurnKey, now: Temporal.Instant): Promise<void> => {
  await db.update(chatConversations).set({ turn_until: now.toString() }).where(ofTurn(turn))
}

/** Deletes a conversation with its actions, and leaves its messages to the upkeep. Problem 404. */
export const removeConversation = async (tx: Tx, user_id: string, id: string): Promise<void> => {
  await findConversation(tx, user_id, id)
  await leaveMessages(tx, [id], tx.clock.now())
  await tx.delete(chatConversations).where(ofUser(user_id, id))
}

/**
 * Deletes all conversations of a user whose account and tasks are locked or gone. A running turn locks tasks before it
 * records an action in its conversation, so the other order could deadlock.
 */
export const removeConversationsOf = async (tx: Tx, user_id: string): Promise<void> => {
  const mine = eq(chatConversations.user_id, user_id)
  const rows = await tx.select({ id: chatConversations.id }).from(chatConversations).where(mine)
  await leaveMessages(
    tx,
    rows.map(({ id }) => id),
    tx.clock.now(),
  )
  await tx.delete(chatConversations).where(mine)
}

/** Notes conversations that are gone, whose messages the upkeep deletes from the statestore. */
const leaveMessages = async (db: Database | Tx, ids: string[], now: Temporal.Instant): Promise<void> => {
  if (ids.length === 0) return
  const due_at = now.toString()
  await db
    .insert(chatLeftovers)
    .values(ids.map((conversation_id) => ({ conversation_id, due_at })))
    .onConflictDoNothing()
}
