import type { Endpoint, EndpointRequest } from '@taskflow/service-kit'

const minimal = /(?:^|,)\s*return\s*=\s*"?minimal"?\s*(?:[;,]|$)/i

/**
 * The same endpoint for callers who do not need the answer's body: with `Prefer: return=minimal` (RFC 7240, section
 * 4.2) it is left out, and 200 becomes 204. The headers stay: ETag, and Location of what was created.
 */
export const returnMinimal = (definition: Endpoint): Endpoint => ({
  ...definition,
  headers: [...(definition.headers ?? []), 'Prefer'],
  answers: { ...definition.answers, ...(200 in definition.answers ? { 204: null } : {}) },
  handle: async (request: EndpointRequest<never, never, never, never>) => {
    const answer = await definition.handle(request)
    if (answer.body === undefined || !minimal.test(String(request.headers.prefer ?? ''))) return answer
    const { body: _, status, headers } = answer
    return {
      status: status === 200 ? 204 : status,
      headers: { ...headers, 'preference-applied': 'return=minimal' },
    }
  },
})
