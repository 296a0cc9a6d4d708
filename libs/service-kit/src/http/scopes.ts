import type { Endpoint } from './endpoint.ts'
import type { Principal, Scope } from './principal.ts'
import { Problem } from './problem.ts'

/** The scope that an endpoint needs: its own, else the one for reading or writing tasks. */
export const neededScope = ({ access, method, scope }: Pick<Endpoint, 'access' | 'method' | 'scope'>): Scope =>
  access === 'admin' ? 'admin' : (scope ?? (method === 'get' ? 'tasks:read' : 'tasks:write'))

/** Problem 403 naming the scope that is missing (RFC 6750, section 3.1). */
export const requireScope = (user: Principal, scope: Scope): void => {
  if (user.scopes.includes(scope)) return
  throw new Problem('forbidden', `this needs the scope ${scope}, which your token does not have`, {
    headers: { 'www-authenticate': `Bearer realm="taskflow", error="insufficient_scope", scope="${scope}"` },
  })
}
