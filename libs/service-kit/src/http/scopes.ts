import type { Endpoint, Resource } from './endpoint.ts'
import type { Principal, Scope } from './principal.ts'
import { Problem } from './problem.ts'

/** The scope that an endpoint needs: its own, else the one for reading or writing tasks. */
export const neededScope = ({ access, method, scope }: Pick<Endpoint, 'access' | 'method' | 'scope'>): Scope =>
  access === 'admin' ? 'admin' : (scope ?? (method === 'get' ? 'tasks:read' : 'tasks:write'))

/** The parameter of a challenge that says where a resource is described (RFC 9728, section 5.1). */
export const metadataOf = ({ metadata }: Resource): string => `resource_metadata="${metadata}"`

/** Problem 403 naming the scope that is missing (RFC 6750, section 3.1). */
export const requireScope = (user: Principal, scope: Scope, resource?: Resource): void => {
  if (user.scopes.includes(scope)) return
  const challenge = `Bearer realm="taskflow", error="insufficient_scope", scope="${scope}"`
  throw new Problem('forbidden', `this needs the scope ${scope}, which your token does not have`, {
    headers: { 'www-authenticate': resource ? `${challenge}, ${metadataOf(resource)}` : challenge },
  })
}
