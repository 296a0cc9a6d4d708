import { chatConversations, chatLeftovers } from '@taskflow/database'
import { createLoop, type Loop } from '@taskflow/service-kit'
import { asc, eq, inArray, lt, lte } from 'drizzle-orm'
import type { AssistantDeps } from '../deps.ts'

const batch = 500
const every = 60_000
/** Longer than any answer takes: one that was being made when its conversation was deleted may have been stored after. */
const againMinutes = 30

/**
 * Forgets conversations that nobody used for as long as they are remembered, and has the statestore forget the messages of
 * deleted ones: until it has confirmed, and once more when no answer can be on its way any longer.
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
    // Their messages go by themselves: the statestore was told for how long.
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
      const due_at = now.add({ minutes: againMinutes }).toString()
      await (is_last
        ? db.delete(chatLeftovers).where(mine)
        : db.update(chatLeftovers).set({ is_last: true, due_at }).where(mine))
    }
    return due.length
  }
  return createLoop({
    name: 'chat upkeep',
    maxWait: every,
    onError: (error) =>
      log.warn('messages of deleted conversations could not be forgotten; it is tried again', { error }),
    step: async (signal) => {
      await forgetOld()
      return (await forgetLeftovers(signal)) === batch ? 0 : every
    },
  })
}
