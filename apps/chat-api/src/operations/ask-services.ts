import { type Origin, Problem, type ServiceName, type Sidecar } from '@taskflow/service-kit'

/** What services answered, and those that did not with the reason: an operator sees what can be seen, and what cannot. */
export interface FromServices<T> {
  answers: Partial<Record<ServiceName, T>>
  unreachable: ServiceName[]
  reasons: Partial<Record<ServiceName, string>>
}

/** Asks services the same question, side by side; each has `patience` milliseconds, or as many as an invocation has. */
export const askServices = async <T>(
  sidecar: Pick<Sidecar, 'invoke'>,
  services: readonly ServiceName[],
  path: string,
  origin: Origin,
  patience?: number,
): Promise<FromServices<T>> => {
  const answers: FromServices<T>['answers'] = {}
  const reasons: FromServices<T>['reasons'] = {}
  const ask = async (service: ServiceName) => {
    try {
      answers[service] = await inTime(sidecar.invoke<T>(service, path, origin), patience)
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 503) throw error
      reasons[service] = reasonOf(service, error)
    }
  }
  await Promise.all(services.map(ask))
  return { answers, reasons, unreachable: services.filter((service) => service in reasons) }
}

const inTime = <T>(call: Promise<T>, patience: number | undefined): Promise<T> => {
  if (patience === undefined) return call
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    late.reject(new Problem('service-unavailable', '', { cause: new Error(`no answer within ${patience} ms`) }))
  }, patience)
  return Promise.race([call, late.promise]).finally(() => clearTimeout(timer))
}

/**
 * Which part is away, as far as the sidecar of chat-api can tell: it says ERR_DIRECT_INVOKE when it does not find or reach
 * the other sidecar, and names the app's address when that sidecar is there and its service is not (daprd 1.18.2).
 */
const reasonOf = (service: ServiceName, { cause }: Problem): string => {
  const told = cause instanceof Error ? cause.message : String(cause)
  if (/no answer within/.test(told)) return `${service} or its sidecar hangs: ${told}`
  if (/error invoking app channel|app channel is not initialized/.test(told)) {
    return `${service} does not answer its sidecar; start it again`
  }
  if (/ERR_DIRECT_INVOKE/.test(told)) return `the sidecar of ${service} cannot be found or reached`
  if (/ECONNREFUSED|fetch failed|other side closed/.test(told)) {
    return 'the sidecar of chat-api, through which all services are asked, does not answer'
  }
  return `${service} answers with an error; its log says more`
}
