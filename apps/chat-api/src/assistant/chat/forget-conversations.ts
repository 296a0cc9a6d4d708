import { chatConversations, chatLeftovers } from '@taskflow/database'
import { createLoop, type Loop } from '@taskflow/service-kit'
import { asc, eq, inArray, lt, lte } from 'drizzle-orm'
import type { AssistantDeps } from '../deps.ts'
import { removeTokenCounts } from './token-budget.ts'

const batch = 500
const intervalMs = 60_000
/** Longer than any reply takes: one in progress when its conversation was deleted may have been stored afterwards. */
const secondPassMinutes = 30

/**
 * Deletes conversations that were unused for CHAT_MEMORY_DAYS, and the messages of deleted ones from the statestore:
 * until that succeeds, and a second time when no reply can be in progress any longer.
 */
export const createChatUpkeep = ({ db, clock, log, chatMemory }: AssistantDeps): Loop => {
  const forgetOld = async () => {
    const before = clock
      .now()
      .subtract({ hours: chatMemory.days * 24 })
      .toString()
    const old = db
      .select({ id: chatConversations.id })
      .from(chatConversations)
      .where(lt(chatConversations.updated_at, before))
      .limit(batch)
    // Their messages expire in the statestore, which has their time to live.
    await db.delete(chatConversations).where(inArray(chatConversations.id, old))
  }
  const forgetLeftovers = async (signal: AbortSignal): Promise<number> => {
    const now = clock.now()
    const due = await db
      .select()
      .from(chatLeftovers)
      .where(lte(chatLeftovers.due_at, now.toString()))
      .orderBy(asc(chatLeftovers.due_at))
      .limit(batch)
    for (const { conversation_id, is_last } of due) {
      if (signal.aborted) break
      await chatMemory.forget(conversation_id)
      const mine = eq(chatLeftovers.conversation_id, conversation_id)
      const due_at = now.add({ minutes: secondPassMinutes }).toString()
      await (is_last
        ? db.delete(chatLeftovers).where(mine)
        : db.update(chatLeftovers).set({ is_last: true, due_at }).where(mine))
    }
    return due.length
  }
  return createLoop({
    name: 'chat upkeep',
    maxWait: intervalMs,
    onError: (error) => log.warn('messages of deleted conversations could not be forgotten; trying again', { error }),
    step: async (signal) => {
      await forgetOld()
      await removeTokenCounts(db, clock.now())
      return (await forgetLeftovers(signal)) === batch ? 0 : intervalMs
    },
  })
}
