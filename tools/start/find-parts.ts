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
 * Finds or fetches what this start needs. Everything that cannot be had is said at once, before minutes go into
 * building the rest; then the parts are fetched side by side.
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
  const together = { ...options, signal }
  const orStop = <T>(search: Promise<T>): Promise<T> =>
    search.catch((error) => {
      failure.abort(error) // no use in building on
      throw error
    })
  const searches = [
    orStop(findDapr(together)),
    settings.external.brokers ? undefined : orStop(findKafka(together)),
    settings.external.databaseUrl ? undefined : orStop(findPostgres()),
  ] as const
  await Promise.allSettled(searches)
  const [dapr, kafka, postgres] = await Promise.all(searches)
  return { dapr, ...(kafka && { kafka }), ...(postgres && { postgres }) }
}
