import { openidStates } from '@taskflow/database'
import type { Clock, Database, Tx } from '@taskflow/service-kit'
import { and, eq, gt, isNotNull, isNull } from 'drizzle-orm'
import { hashOf } from '../secret-tokens.ts'

/** For signing in at the provider, and then for typing a code. */
const validMinutes = 10

/** A sign-in on its way, as the browser names it: `browser` is its cookie. */
export interface StateClaim {
  state: string
  browser: string
  /** The id of the provider whose page it came back to. */
  provider: string
}

interface Deps {
  db: Pick<Database, 'select' | 'insert' | 'delete'>
  clock: Clock
}

/** Keeps a state; `user_id` is who links an account, `link_id` a sign-in that waits for a second factor. */
export const keepState = async (
  { db, clock }: Deps,
  { state, browser, provider }: StateClaim,
  about: { user_id?: string; link_id?: string } = {},
): Promise<void> => {
  await db.insert(openidStates).values({
    ...{ hash: hashOf(state), browser_hash: hashOf(browser), provider, ...about },
    expires_at: clock.now().add({ minutes: validMinutes }).toString(),
  })
}

const isClaimed = ({ state, browser, provider }: StateClaim, clock: Clock) =>
  and(
    eq(openidStates.hash, hashOf(state)),
    eq(openidStates.browser_hash, hashOf(browser)),
    eq(openidStates.provider, provider),
    gt(openidStates.expires_at, clock.now().toString()),
  )

/** Takes a state that this browser began, for a sign-in or for this person's link: of any number at once, one gets it. */
export const takeState = async ({ db, clock }: Deps, claim: StateClaim, user_id?: string): Promise<boolean> => {
  const isOf = user_id === undefined ? isNull(openidStates.user_id) : eq(openidStates.user_id, user_id)
  const { rowCount } = await db
    .delete(openidStates)
    .where(and(isClaimed(claim, clock), isOf, isNull(openidStates.link_id)))
  return rowCount === 1
}

/** The link whose owner this browser has proved to be, but for the second factor. */
export const findWaitingLink = async ({ db, clock }: Deps, claim: StateClaim): Promise<string | undefined> => {
  const [waiting] = await db
    .select({ link_id: openidStates.link_id })
    .from(openidStates)
    .where(and(isClaimed(claim, clock), isNotNull(openidStates.link_id)))
  return waiting?.link_id ?? undefined
}

/** Ends the wait for a second factor, which signs in once. */
export const takeWaitingLink = async (tx: Tx, claim: StateClaim, link_id: string): Promise<boolean> => {
  const { rowCount } = await tx
    .delete(openidStates)
    .where(and(isClaimed(claim, tx.clock), eq(openidStates.link_id, link_id)))
  return rowCount === 1
}
