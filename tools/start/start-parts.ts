import { topics } from '@taskflow/event-contracts'
import { accessWith, createTopics } from '@taskflow/kafka-admin'
import { type Records, type Report, type Secrets, startKafka, startMailbox, startPostgres } from '@taskflow/local-mesh'
import type { Addresses } from './environment.ts'
import type { FoundParts } from './find-parts.ts'
import type { Paths } from './paths.ts'
import type { Settings } from './settings.ts'

interface Context {
  settings: Settings
  paths: Paths
  secrets: Secrets
  found: FoundParts
  records: Records
  report: Report
  signal: AbortSignal
}

/**
 * Starts Postgres, Kafka and the mailbox in parallel, except external ones, and creates the topics. When one fails,
 * waits for the others first, so that nothing starts after the stop has begun.
 */
export const startParts = async (context: Context): Promise<Addresses> => {
  const starts = [database(context), broker(context), mail(context)] as const
  await Promise.allSettled(starts)
  const [databaseUrl, brokers, smtpUrl] = await Promise.all(starts)
  return { databaseUrl, brokers, smtpUrl }
}

const database = async ({ settings, paths, secrets, found, records, report, signal }: Context): Promise<string> => {
  if (settings.external.databaseUrl) return settings.external.databaseUrl
  const { databaseUrl } = await startPostgres(found.postgres!, {
    dir: paths.postgres,
    port: settings.postgres,
    password: secrets.postgresPassword,
    logFile: paths.log('postgres'),
    report,
    signal,
    // SIGINT is Postgres' fast shutdown; SIGTERM would wait until every client has disconnected.
    onSpawn: (pid) => records.add(pid, { name: 'Postgres', role: 'part', signal: 'SIGINT' }),
  })
  report(`Postgres runs at 127.0.0.1:${settings.postgres}`)
  return databaseUrl
}

const broker = async (context: Context): Promise<string> => {
  const { brokers: external, kafkaLogin } = context.settings.external
  const brokers = external ?? (await localBroker(context))
  const done = await createTopics(brokers, topics, accessWith(kafkaLogin))
  if (done.length > 0) context.report(`Kafka topics: ${done.join(', ')}`)
  return brokers
}

const localBroker = async ({ settings, paths, found, records, report, signal }: Context): Promise<string> => {
  const { brokers } = await startKafka(found.kafka!, {
    dir: paths.kafka,
    port: settings.kafka,
    logFile: paths.log('kafka'),
    signal,
    onSpawn: (pid) => records.add(pid, { name: 'Kafka', role: 'part' }),
  })
  report(`Kafka runs at ${brokers}`)
  return brokers
}

const mail = async ({ settings, paths, records, report, signal }: Context): Promise<string> => {
  if (settings.external.smtpUrl) return settings.external.smtpUrl
  const { smtpUrl } = await startMailbox({
    httpPort: settings.mailHttp,
    smtpPort: settings.mailSmtp,
    dir: paths.mail,
    logFile: paths.log('mailbox'),
    signal,
    onSpawn: (pid) => records.add(pid, { name: 'Mailbox', role: 'part' }),
  })
  report(`Mailbox runs at http://localhost:${settings.mailHttp}`)
  return smtpUrl
}
