import { type ChatActionRow, chatActions } from '@taskflow/database'
import { instant } from '@taskflow/event-contracts'
import { type Clock, type Database, Problem, type Tx } from '@taskflow/service-kit'
import { and, asc, desc, eq, gt, lt, lte, type SQL } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import type { ToolCall, ToolResult } from '../tools/tool.ts'
import type { ActionSigner } from './confirmation/sign-action.ts'

/** A change by the assistant as the API shows it. */
export const shownAction = z
  .object({
    id: z.uuid(),
    conversation_id: z.uuid(),
    tool: z.string(),
    summary: z.string().meta({ description: 'what it does, in words' }),
    input: z.record(z.string(), z.unknown()),
    state: z.enum(['pending', 'done', 'cancelled', 'undone', 'expired']),
    created_at: instant,
    expires_at: instant
      .nullable()
      .meta({ description: 'until when it can be confirmed; null when it needed no confirmation' }),
    decided_at: instant.nullable(),
    can_undo: z.boolean(),
  })
  .meta({ id: 'ChatAction' })
export type ShownAction = z.infer<typeof shownAction>

/** How long a person has to confirm. */
const confirmMinutes = 10

interface NewAction {
  user_id: string
  conversation_id: string
  turn_id: string
  call: ToolCall
  summary: string
}

export const showAction = (row: ChatActionRow, now: Temporal.Instant): ShownAction => {
  const { id, conversation_id, tool, summary, input, state, created_at, expires_at, decided_at, undo } = row
  return {
    ...{ id, conversation_id, tool, summary, input, created_at, expires_at, decided_at },
    state: state === 'pending' && hasExpired(row, now) ? 'expired' : state,
    can_undo: state === 'done' && undo.length > 0,
  }
}

export const hasExpired = ({ expires_at }: ChatActionRow, now: Temporal.Instant): boolean =>
  expires_at !== null && Temporal.Instant.compare(expires_at, now) <= 0

/** Stores a change that waits for the person to confirm it. */
export const storePending = async (
  { db, clock, signer }: { db: Database; clock: Clock; signer: ActionSigner },
  { call, ...action }: NewAction,
): Promise<ChatActionRow> => {
  const now = clock.now()
  const expires_at = now.add({ minutes: confirmMinutes }).toString()
  const pending = { ...action, id: uuidv7(), tool: call.tool, input: call.input, expires_at }
  const row = { ...pending, state: 'pending' as const, signature: signer.sign(pending), created_at: now.toString() }
  const [stored] = await db.insert(chatActions).values(row).returning()
  return stored!
}

/** Records a change that needed no confirmation, in its transaction. */
export const recordDone = async (
  tx: Tx,
  { call, ...action }: NewAction,
  { output, undo }: ToolResult,
): Promise<ChatActionRow> => {
  const now = tx.clock.now().toString()
  const row = { ...action, id: uuidv7(), tool: call.tool, input: call.input, output, undo }
  const [stored] = await tx
    .insert(chatActions)
    .values({ ...row, state: 'done', created_at: now, decided_at: now })
    .returning()
  return stored!
}

const unknown = () => new Problem('not-found', 'there is no such action')

const ofUser = (user_id: string, id: string) => and(eq(chatActions.id, id), eq(chatActions.user_id, user_id))

/** Problem 404 when it does not exist or belongs to somebody else. */
export const findAction = async (db: Database, user_id: string, id: string): Promise<ChatActionRow> => {
  const [row] = await db.select().from(chatActions).where(ofUser(user_id, id))
  if (!row) throw unknown()
  return row
}

/** The same, locked until the end of the transaction. */
export const lockAction = async (tx: Tx, user_id: string, id: string): Promise<ChatActionRow> => {
  const [row] = await tx.select().from(chatActions).where(ofUser(user_id, id)).for('update')
  if (!row) throw unknown()
  return row
}

/** Records the outcome of a locked action. */
export const settle = async (
  tx: Tx,
  { id }: ChatActionRow,
  change: Partial<Pick<ChatActionRow, 'state' | 'output' | 'undo' | 'undone'>>,
): Promise<ChatActionRow> => {
  const decided_at = tx.clock.now().toString()
  const [row] = await tx
    .update(chatActions)
    .set({ ...change, decided_at })
    .where(eq(chatActions.id, id))
    .returning()
  return row!
}

/** All of a conversation, oldest first. */
export const actionsOf = (db: Database | Tx, user_id: string, conversation_id: string): Promise<ChatActionRow[]> =>
  db
    .select()
    .from(chatActions)
    .where(and(eq(chatActions.user_id, user_id), eq(chatActions.conversation_id, conversation_id)))
    .orderBy(asc(chatActions.id))

/** Newest first. Ids are ordered by time, so the last id of a page is the cursor. */
export const findActions = (
  db: Database,
  user_id: string,
  filter: { conversation_id?: string | undefined; state?: ShownAction['state'] | undefined },
  page: { limit: number; cursor?: string | undefined; now: Temporal.Instant },
): Promise<ChatActionRow[]> =>
  db
    .select()
    .from(chatActions)
    .where(
      and(
        eq(chatActions.user_id, user_id),
        filter.conversation_id ? eq(chatActions.conversation_id, filter.conversation_id) : undefined,
        filter.state && inState(filter.state, page.now.toString()),
        page.cursor ? lt(chatActions.id, page.cursor) : undefined,
      ),
    )
    .orderBy(desc(chatActions.id))
    .limit(page.limit)

const inState = (state: ShownAction['state'], now: string): SQL | undefined => {
  if (state === 'expired') return and(eq(chatActions.state, 'pending'), lte(chatActions.expires_at, now))
  if (state === 'pending') return and(eq(chatActions.state, 'pending'), gt(chatActions.expires_at, now))
  return eq(chatActions.state, state)
}
