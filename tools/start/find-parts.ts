import type { FindOptions } from '@taskflow/local-mesh'
import {
  type Dapr,
  findDapr,
  findKafka,
  findPostgres,
  type Kafka,
  PartError,
  type Postgres,
} from '@taskflow/local-mesh'
import { checkParts } from './checks.ts'
import type { Settings } from './settings.ts'

export interface FoundParts {
  dapr: Dapr
  kafka?: Kafka
  postgres?: Postgres
}

/**
 * Finds or obtains the parts of this start, in parallel. Before it spends minutes on builds, it reports everything that
 * cannot be obtained.
 */
export const findParts = async (settings: Settings, options: FindOptions): Promise<FoundParts> => {
  const missing = (await checkParts(settings, options)).filter(({ state }) => state === 'missing')
  if (missing.length > 0) {
    const [first, ...others] = missing.map(({ part, detail }) => `${part}: ${detail.replace(/\.$/, '')}.`)
    const fixes = new Set(missing.flatMap(({ fix }) => fix ?? []))
    throw new PartError([first, ...others].join(' '), { fix: [...fixes].join('; ') })
  }
  const failure = new AbortController()
  const signal = options.signal ? AbortSignal.any([options.signal, failure.signal]) : failure.signal
  const search = { ...options, signal }
  const orStop = <T>(part: Promise<T>): Promise<T> =>
    part.catch((error) => {
      failure.abort(error) // stops the other builds
      throw error
    })
  const searches = [
    orStop(findDapr(search)),
    settings.external.brokers ? undefined : orStop(findKafka(search)),
    settings.external.databaseUrl ? undefined : orStop(findPostgres()),
  ] as const
  await Promise.allSettled(searches)
  const [dapr, kafka, postgres] = await Promise.all(searches)
  return { dapr, ...(kafka && { kafka }), ...(postgres && { postgres }) }
}
