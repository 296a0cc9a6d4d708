import { type DaprProgram, daprMend, daprOutlook } from '../parts/dapr.ts'
import { kafkaMend, kafkaOutlook } from '../parts/kafka.ts'
import { checkKafka } from '../parts/kafka-client.ts'
import { accessWith } from '../parts/kafka-login.ts'
import { describeError, type PartError } from '../parts/part.ts'
import { checkDatabase, findPostgres } from '../parts/postgres.ts'
import type { FindOptions, Outlook } from '../parts/ways.ts'
import type { Settings } from './settings.ts'

/** What the doctor knows of one part. `ok` parts are there, `obtainable` ones will be fetched or built, `missing` ones stop a start. */
export type Check = { part: string; state: 'ok' | 'obtainable' | 'missing'; detail: string; mend?: string }

/** Looks at every part a start needs. Starts nothing, fetches nothing, writes nothing. */
export async function checkParts(settings: Settings, options: FindOptions): Promise<Check[]> {
  const { databaseUrl, brokers, kafkaLogin, smtpUrl } = settings.external
  const daprCheck = async (part: string, program: DaprProgram) =>
    fromOutlook(part, await daprOutlook(program, options), ({ version, source }) => `${version}, ${source}`, daprMend)
  return Promise.all([
    daprCheck('Dapr sidecar', 'daprd'),
    daprCheck('Dapr command line', 'dapr'),
    brokers
      ? attempt('Kafka', `at KAFKA_BROKERS=${brokers}`, () => checkKafka(brokers, accessWith(kafkaLogin)))
      : kafkaOutlook(options).then((found) => fromOutlook('Kafka', found, ({ source }) => source, kafkaMend)),
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

function fromOutlook<T>(part: string, found: Outlook<T>, show: (part: T) => string, mend: string): Check {
  if (found.state === 'found') return { part, state: 'ok', detail: show(found.part) }
  if (found.state === 'obtainable') return { part, state: 'obtainable', detail: `${found.way} (${found.cost})` }
  return { part, state: 'missing', detail: found.reasons.join('; '), mend }
}

async function attempt(part: string, detail: string, look: () => Promise<unknown>): Promise<Check> {
  try {
    await look()
    return { part, state: 'ok', detail }
  } catch (error) {
    const { mend } = error as PartError
    return { part, state: 'missing', detail: describeError(error), ...(mend ? { mend } : {}) }
  }
}
