/** What a caller may do. A signed-in person has all scopes of their role. */
export const scopes = ['tasks:read', 'tasks:write', 'account:read', 'account:write', 'admin'] as const
export type Scope = (typeof scopes)[number]

/** The caller of a request. */
export interface Principal {
  user_id: string
  role: 'user' | 'admin'
  scopes: readonly Scope[]
  /** The session of a signed-in person; an API token has none. */
  session_id?: string
  /** The grant by which a person lets an app act; only where access tokens of apps are accepted. */
  grant_id?: string
}

/** A person who has signed in. */
export type Person = Principal & { session_id: string }

/** The scopes of a role: `admin` is for operators. */
export const scopesOf = (role: Principal['role']): readonly Scope[] =>
  role === 'admin' ? scopes : scopes.filter((scope) => scope !== 'admin')

/**
 * The caller with no more scopes than the role has now: a token made by an admin who is none any more has lost `admin`.
 */
export const withinRole = <Caller extends Principal>(caller: Caller): Caller => {
  const allowed = scopesOf(caller.role)
  return caller.scopes.every((scope) => allowed.includes(scope))
    ? caller
    : { ...caller, scopes: caller.scopes.filter((scope) => allowed.includes(scope)) }
}
