import { instant } from '@taskflow/event-contracts'
import type { Clock, Database } from '@taskflow/service-kit'
import { z } from 'zod'
import { listApiTokens } from '../account/api-tokens.ts'
import { listLinks } from '../account/openid/openid-links.ts'
import { listPasskeys } from '../account/passkeys/passkeys.ts'
import { listSessions } from '../account/session-list.ts'
import { listApps } from '../oauth/apps.ts'

const used = { created_at: instant, last_used_at: instant.nullable() }

/** What can sign in to an account or act for it, by names and dates: nothing here gives access. */
export const accessInExport = {
  sessions: z.array(
    z.object({ ...used, user_agent: z.string().nullable(), network: z.string().nullable(), expires_at: instant }),
  ),
  passkeys: z.array(z.object({ ...used, name: z.string() })),
  linked_accounts: z.array(
    z.object({ ...used, issuer: z.string(), subject: z.string(), email: z.string().nullable() }),
  ),
  apps: z.array(
    z.object({
      ...{ name: z.string(), host: z.string(), scopes: z.array(z.string()) },
      ...{ connected_at: instant, last_used_at: instant.nullable() },
    }),
  ),
  api_tokens: z.array(
    z.object({ ...used, name: z.string(), scopes: z.array(z.string()), expires_at: instant.nullable() }),
  ),
}

type Access = { [Name in keyof typeof accessInExport]: z.infer<(typeof accessInExport)[Name]> }

export const exportAccess = async (deps: { db: Database; clock: Clock }, user_id: string): Promise<Access> => {
  const { db, clock } = deps
  const sessions = await listSessions(db, clock, user_id)
  const [passkeys, links] = [await listPasskeys(db, user_id), await listLinks(db, user_id)]
  const [apps, tokens] = [await listApps(deps, user_id), await listApiTokens(db, user_id)]
  return {
    sessions: sessions.map(({ id: _, ends_at: __, ...session }) => session),
    passkeys: passkeys.map(({ id: _, ...passkey }) => passkey),
    linked_accounts: links.map(({ id: _, user_id: __, ...link }) => link),
    apps: apps.map(({ id: _, ...app }) => app),
    api_tokens: tokens.map(({ id: _, ...token }) => token),
  }
}
