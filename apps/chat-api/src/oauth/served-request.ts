import { AsyncLocalStorage } from 'node:async_hooks'
import type { IncomingHttpHeaders } from 'node:http'
import type { Origin } from '@taskflow/service-kit'

/** The request that oidc-provider answers: it does not hand it on to where its state is kept. */
interface ServedRequest {
  path: string
  origin: Origin
  headers: IncomingHttpHeaders
}

const served = new AsyncLocalStorage<ServedRequest>()

export const whileServing = <Answer>(request: ServedRequest, answer: () => Answer): Answer =>
  served.run(request, answer)

export const servedRequest = (): ServedRequest | undefined => served.getStore()
