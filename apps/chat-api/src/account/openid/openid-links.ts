import { type OpenidLinkRow, openidLinks } from '@taskflow/database'
import { type Database, Problem, type Tx } from '@taskflow/service-kit'
import { and, desc, eq } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import type { Identity } from './provider-client.ts'

const maxLinks = 20

/** The accounts of providers that sign a person in, newest first. */
export const listLinks = (db: Database, user_id: string): Promise<OpenidLinkRow[]> =>
  db.select().from(openidLinks).where(eq(openidLinks.user_id, user_id)).orderBy(desc(openidLinks.id))

/** The link of an account of a provider; only issuer and subject name one: addresses change hands. */
export const findLink = async (
  db: Database | Tx,
  { issuer, subject }: Pick<Identity, 'issuer' | 'subject'>,
): Promise<OpenidLinkRow | undefined> => {
  const [link] = await db
    .select()
    .from(openidLinks)
    .where(and(eq(openidLinks.issuer, issuer), eq(openidLinks.subject, subject)))
  return link
}

/** Links an account of a provider; undefined when it is linked already, to whomever. Problem 409 after twenty. */
export const addLink = async (
  tx: Tx,
  user_id: string,
  { issuer, subject, email }: Identity,
): Promise<string | undefined> => {
  if ((await tx.$count(openidLinks, eq(openidLinks.user_id, user_id))) >= maxLinks) {
    throw new Problem('conflict', `${maxLinks} accounts are linked to yours; unlink one first`)
  }
  const id = uuidv7()
  const address = email?.address.slice(0, 254) ?? null
  const { rowCount } = await tx
    .insert(openidLinks)
    .values({ id, user_id, issuer, subject, email: address, created_at: tx.clock.now().toString() })
    .onConflictDoNothing()
  return rowCount ? id : undefined
}

/** Notes that a link signs its person in; returns who that is, undefined when it is gone. */
export const useLink = async (tx: Tx, id: string): Promise<string | undefined> => {
  const [used] = await tx
    .update(openidLinks)
    .set({ last_used_at: tx.clock.now().toString() })
    .where(eq(openidLinks.id, id))
    .returning({ user_id: openidLinks.user_id })
  return used?.user_id
}

/** Removes a link of a person; returns its issuer. Problem 404. */
export const removeLink = async (tx: Tx, user_id: string, id: string): Promise<string> => {
  const [removed] = await tx
    .delete(openidLinks)
    .where(and(eq(openidLinks.id, id), eq(openidLinks.user_id, user_id)))
    .returning({ issuer: openidLinks.issuer })
  if (!removed) throw new Problem('not-found', 'there is no such linked account')
  return removed.issuer
}
