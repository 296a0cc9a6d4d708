import type { DaprClient } from '@dapr/dapr'
import { request } from 'undici'

/** The client of the Dapr SDK over HTTP. Loaded when first needed: the package takes half a second to load. */
export const createDaprClient = ({ url, token }: { url: string; token: string }) => {
  const { hostname, port } = new URL(url)
  let client: DaprClient | undefined
  return {
    get: async (): Promise<DaprClient> => {
      if (client) return client
      // Without a sidecar the client's first call would wait half a minute for one (docs/dapr-behaviour.md).
      const { body } = await request(`${url}/v1.0/healthz/outbound`, {
        headers: { 'dapr-api-token': token },
        headersTimeout: 2_000,
        bodyTimeout: 2_000,
      })
      await body.dump()
      const { CommunicationProtocolEnum, DaprClient } = await import('@dapr/dapr')
      client ??= new DaprClient({
        daprHost: hostname,
        daprPort: port,
        daprApiToken: token,
        communicationProtocol: CommunicationProtocolEnum.HTTP,
        // The caller gets the error and logs it, as JSON.
        logger: { service: silent },
      })
      return client
    },
    stop: async (): Promise<void> => client?.stop(),
  }
}

const silent = { error: () => {}, warn: () => {}, info: () => {}, verbose: () => {}, debug: () => {} }

export const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message || error.name : String(error)

export const withTimeout = <T>(work: Promise<T>, milliseconds: number): Promise<T> => {
  const timeout = Promise.withResolvers<never>()
  const timer = setTimeout(() => timeout.reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds)
  return Promise.race([work, timeout.promise]).finally(() => clearTimeout(timer))
}
