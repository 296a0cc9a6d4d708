import { oauthState } from '@taskflow/database'
import { type Clock, type Database, Problem, type Scope, type Tx } from '@taskflow/service-kit'
import { and, desc, eq, gt, max, or } from 'drizzle-orm'
import { toolScopes } from './app-scopes.ts'

/** An app that a person let act for them. */
export interface ConnectedApp {
  id: string
  name: string
  host: string
  scopes: Scope[]
  connected_at: string
  last_used_at: string | null
}

const grantsOf = (user_id: string) => and(eq(oauthState.model, 'Grant'), eq(oauthState.user_id, user_id))

/** The apps of a person, newest first. An app was used when it last fetched a token: about once an hour. */
export const listApps = async (
  { db, clock }: { db: Database; clock: Clock },
  user_id: string,
): Promise<ConnectedApp[]> => {
  const isLive = gt(oauthState.expires_at, clock.now().toString())
  const grants = await db
    .select()
    .from(oauthState)
    .where(and(grantsOf(user_id), isLive))
    .orderBy(desc(oauthState.created_at))
  const uses = await db
    .select({ id: oauthState.grant_id, at: max(oauthState.created_at) })
    .from(oauthState)
    .where(and(eq(oauthState.model, 'RefreshToken'), eq(oauthState.user_id, user_id)))
    .groupBy(oauthState.grant_id)
  const lastUse = new Map(uses.map((use) => [use.id, use.at]))
  return grants.map(({ id, about, payload, created_at }) => ({
    id,
    name: about?.name ?? '',
    host: about?.host ?? '',
    scopes: grantedIn(payload),
    connected_at: created_at,
    last_used_at: lastUse.get(id) ?? null,
  }))
}

/** The scopes of the one resource in a grant as oidc-provider stores it. */
const grantedIn = ({ resources }: Record<string, unknown>): Scope[] => {
  const granted = Object.values((resources ?? {}) as Record<string, string>)
    .join(' ')
    .split(' ')
  return toolScopes.filter((scope) => granted.includes(scope))
}

/** Takes back a grant with all its codes and tokens; returns what is known of the app. Problem 404 unless it is this person's. */
export const disconnectApp = async (tx: Tx, user_id: string, id: string): Promise<{ app: string; host: string }> => {
  const ofGrant = or(eq(oauthState.grant_id, id), and(eq(oauthState.model, 'Grant'), eq(oauthState.id, id)))
  const gone = await tx
    .delete(oauthState)
    .where(and(eq(oauthState.user_id, user_id), ofGrant))
    .returning({ model: oauthState.model, about: oauthState.about })
  const grant = gone.find(({ model }) => model === 'Grant')
  if (!grant) throw new Problem('not-found', 'there is no such app')
  return { app: grant.about?.name ?? '', host: grant.about?.host ?? '' }
}
