import { users } from '@taskflow/database'
import { type BaseDeps, createLoop, type Loop } from '@taskflow/service-kit'
import { moveDays } from '@taskflow/tasks'
import { eq } from 'drizzle-orm'
import { ownerOf } from '../account/users.ts'

const batch = 100
const every = 5_000

/** Moves the days of people who changed their time zone or reminder time, a batch a transaction. */
export const createDayUpkeep = ({ transaction, log }: BaseDeps): Loop =>
  createLoop({
    name: 'day upkeep',
    maxWait: every,
    onError: (error) => log.warn('days could not be moved to the time zone of their person', { error }),
    step: () =>
      transaction(async (tx) => {
        const [user] = await tx
          .select({ id: users.id })
          .from(users)
          .where(eq(users.days_to_move, true))
          .orderBy(users.id)
          .limit(1)
          .for('no key update', { skipLocked: true })
        if (!user) return every
        const { reminder_time = '09:00', ...owner } = await ownerOf(tx, user.id)
        const moved = await moveDays(tx, { ...owner, reminder_time }, batch)
        if (moved === 0) await tx.update(users).set({ days_to_move: false }).where(eq(users.id, user.id))
        return 0
      }),
  })
