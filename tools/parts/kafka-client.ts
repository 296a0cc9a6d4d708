import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { Admin, type AdminOptions } from '@platformatic/kafka'
import { PartError, type RunningPart } from './part.ts'
import { lastLine } from './run.ts'

/** How a broker lets us in, where it does not take everybody. */
export type KafkaAccess = Pick<AdminOptions, 'tls' | 'sasl'>

export const adminOf = (brokers: string, access: KafkaAccess = {}): Admin =>
  new Admin({
    ...access,
    clientId: 'taskflow-start',
    bootstrapBrokers: brokers.split(',').map((address) => address.trim()),
    retries: 3,
    retryDelay: 250,
    connectTimeout: 3_000,
  })

/** Resolves when a broker answers for its metadata; rejects when its process ends or `timeoutMs` is over. */
export async function untilKafkaAnswers(
  brokers: string,
  part: RunningPart,
  { timeoutMs, signal }: { timeoutMs: number; signal?: AbortSignal | undefined },
): Promise<void> {
  let gone = false
  part.exited.then(() => {
    gone = true
  })
  const deadline = Date.now() + timeoutMs
  while (!(await portAnswers(brokers)) || !(await kafkaAnswers(brokers))) {
    signal?.throwIfAborted()
    if (gone)
      throw new PartError(`Kafka ended while starting (${lastLine(part.logFile)}).`, { mend: `see ${part.logFile}` })
    if (Date.now() > deadline) throw new PartError('Kafka does not answer.', { mend: `see ${part.logFile}` })
    await delay(100)
  }
}

/** For a broker somebody else runs. */
export async function checkKafka(brokers: string, access: KafkaAccess = {}): Promise<void> {
  if (await kafkaAnswers(brokers, access)) return
  const who = access.sasl ? `, or not to ${access.sasl.username}` : ''
  throw new PartError(`No Kafka broker answers at KAFKA_BROKERS=${brokers}${who}.`, {
    mend: 'start it, or unset KAFKA_BROKERS to use a local one; one that asks for a password: docs/setup/kafka-sasl.md',
  })
}

async function kafkaAnswers(brokers: string, access?: KafkaAccess): Promise<boolean> {
  const admin = adminOf(brokers, access)
  try {
    await admin.listTopics()
    return true
  } catch {
    return false
  } finally {
    await admin.close()
  }
}

/** A refused connection is cheaper to find out about than a failed request. */
function portAnswers(brokers: string): Promise<boolean> {
  const [host, port] = brokers.split(',')[0]!.split(':')
  return new Promise((resolve) => {
    const socket = connect({ host: host!, port: Number(port) })
    socket.once('connect', () => resolve(true))
    socket.once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
