import { type Origin, Problem, type ServiceName, type Sidecar } from '@taskflow/service-kit'

/** What services answered, and why others did not: an operator sees what can be seen, and what cannot. */
export interface FromServices<T> {
  answers: Partial<Record<ServiceName, T>>
  unreachable: ServiceName[]
  reasons: Partial<Record<ServiceName, string>>
}

/** Asks services the same question concurrently; `timeout` in milliseconds, by default that of an invocation. */
export const askServices = async <T>(
  sidecar: Pick<Sidecar, 'invoke'>,
  services: readonly ServiceName[],
  path: string,
  origin: Origin,
  timeout?: number,
): Promise<FromServices<T>> => {
  const answers: FromServices<T>['answers'] = {}
  const reasons: FromServices<T>['reasons'] = {}
  const ask = async (service: ServiceName) => {
    try {
      answers[service] = await inTime(sidecar.invoke<T>(service, path, origin), timeout)
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 503) throw error
      reasons[service] = reasonOf(service, error)
    }
  }
  await Promise.all(services.map(ask))
  return { answers, reasons, unreachable: services.filter((service) => service in reasons) }
}

const inTime = <T>(call: Promise<T>, timeout: number | undefined): Promise<T> => {
  if (timeout === undefined) return call
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    late.reject(new Problem('service-unavailable', '', { cause: new Error(`no answer within ${timeout} ms`) }))
  }, timeout)
  return Promise.race([call, late.promise]).finally(() => clearTimeout(timer))
}

/**
 * What is unreachable, as far as the sidecar of chat-api knows: it says ERR_DIRECT_INVOKE when it does not find or
 * reach the other sidecar, and names the app's address when only the service behind it does not answer (daprd 1.18.2).
 */
const reasonOf = (service: ServiceName, { cause }: Problem): string => {
  const message = cause instanceof Error ? cause.message : String(cause)
  if (/no answer within/.test(message)) return `${service} or its sidecar hangs: ${message}`
  if (/error invoking app channel|app channel is not initialized/.test(message)) {
    return `${service} does not answer its sidecar; start it again`
  }
  if (/ERR_DIRECT_INVOKE/.test(message)) return `the sidecar of ${service} cannot be found or reached`
  if (/ECONNREFUSED|fetch failed|other side closed/.test(message)) {
    return 'the sidecar of chat-api, through which all services are asked, does not answer'
  }
  return `${service} answers with an error; its log says more`
}
