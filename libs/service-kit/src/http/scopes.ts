import type { Endpoint, Principal } from './endpoint.ts'
import { Problem } from './problem.ts'

/** What a caller may be allowed to do. A person who has signed in has all that their role may have. */
export const scopes = ['tasks:read', 'tasks:write', 'account:read', 'account:write', 'admin'] as const
export type Scope = (typeof scopes)[number]

/** Those of a role: `admin` is for operators. */
export const scopesOf = (role: Principal['role']): readonly Scope[] =>
  role === 'admin' ? scopes : scopes.filter((scope) => scope !== 'admin')

/** What an endpoint needs: what it says, or else what its method does with tasks. */
export const neededScope = ({ access, method, scope }: Pick<Endpoint, 'access' | 'method' | 'scope'>): Scope =>
  access === 'admin' ? 'admin' : (scope ?? (method === 'get' ? 'tasks:read' : 'tasks:write'))

/** Problem 403 naming the scope that is missing (RFC 6750, section 3.1). */
export const requireScope = (user: Principal, scope: Scope): void => {
  if (user.scopes.includes(scope)) return
  throw new Problem('forbidden', `this needs the scope ${scope}, which your token does not have`, {
    headers: { 'www-authenticate': `Bearer realm="taskflow", error="insufficient_scope", scope="${scope}"` },
  })
}
