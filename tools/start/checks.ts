import { accessWith } from '@taskflow/kafka-admin'
import type { FindOptions, Outlook } from '@taskflow/local-mesh'
import {
  checkDatabase,
  checkKafka,
  type DaprProgram,
  daprFix,
  daprOutlook,
  describeError,
  findPostgres,
  kafkaFix,
  kafkaOutlook,
  type PartError,
} from '@taskflow/local-mesh'
import type { Settings } from './settings.ts'

/** State of a part: `ok` is installed, `obtainable` will be downloaded or built, `missing` prevents a start. */
export interface Check {
  part: string
  state: 'ok' | 'obtainable' | 'missing'
  detail: string
  fix?: string
}

/** Checks every part a start needs. Starts, downloads and writes nothing. */
export const checkParts = async (settings: Settings, options: FindOptions): Promise<Check[]> => {
  const { databaseUrl, brokers, kafkaLogin, smtpUrl } = settings.external
  const daprCheck = async (part: string, program: DaprProgram) =>
    fromOutlook(part, await daprOutlook(program, options), ({ version, source }) => `${version}, ${source}`, daprFix)
  return Promise.all([
    daprCheck('Dapr sidecar', 'daprd'),
    daprCheck('Dapr command line', 'dapr'),
    brokers
      ? attempt('Kafka', `at KAFKA_BROKERS=${brokers}`, () => checkKafka(brokers, accessWith(kafkaLogin)))
      : kafkaOutlook(options).then((found) => fromOutlook('Kafka', found, ({ source }) => source, kafkaFix)),
    databaseUrl
      ? attempt('Postgres', 'at DATABASE_URL', () => checkDatabase(databaseUrl))
      : attempt('Postgres', 'from the installed packages', findPostgres),
    {
      part: 'E-mail',
      state: 'ok',
      detail: smtpUrl ? 'at SMTP_URL' : `caught locally, shown on port ${settings.mailHttp}`,
    },
  ])
}

const fromOutlook = <T>(part: string, found: Outlook<T>, show: (part: T) => string, fix: string): Check => {
  if (found.state === 'found') return { part, state: 'ok', detail: show(found.part) }
  if (found.state === 'obtainable') return { part, state: 'obtainable', detail: `${found.source} (${found.cost})` }
  return { part, state: 'missing', detail: found.reasons.join('; '), fix }
}

const attempt = async (part: string, detail: string, look: () => Promise<unknown>): Promise<Check> => {
  try {
    await look()
    return { part, state: 'ok', detail }
  } catch (error) {
    const { fix } = error as PartError
    return { part, state: 'missing', detail: describeError(error), ...(fix ? { fix } : {}) }
  }
}
