import type { Scope } from '@taskflow/service-kit'

/** What an app may ask for: the scopes of the assistant's tools. */
export const toolScopes = ['tasks:read', 'tasks:write'] as const satisfies Scope[]

/** As they stand in requests; `offline_access` asks for a refresh token, which apps get without it too. */
export const appScopes: readonly string[] = [...toolScopes, 'offline_access']

/**
 * The scopes of a request that are known here; all of the tools' when it names none of them. Every app reads: /mcp needs
 * that scope.
 */
export const requestedScopes = (text: unknown): string[] => {
  const asked = String(text ?? '').split(' ')
  if (!toolScopes.some((scope) => asked.includes(scope))) return [...toolScopes]
  return appScopes.filter((scope) => scope === 'tasks:read' || asked.includes(scope))
}
