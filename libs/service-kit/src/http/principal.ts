/** What a caller may be allowed to do. A person who has signed in has all that their role may have. */
export const scopes = ['tasks:read', 'tasks:write', 'account:read', 'account:write', 'admin'] as const
export type Scope = (typeof scopes)[number]

/** Who makes a request. */
export interface Principal {
  user_id: string
  role: 'user' | 'admin'
  scopes: readonly Scope[]
  /** The sign-in of a person; an API token has none. */
  session_id?: string
}

/** Who has signed in themselves. */
export type Person = Principal & { session_id: string }

/** Those of a role: `admin` is for operators. */
export const scopesOf = (role: Principal['role']): readonly Scope[] =>
  role === 'admin' ? scopes : scopes.filter((scope) => scope !== 'admin')
