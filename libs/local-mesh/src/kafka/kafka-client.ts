import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { createAdmin, type KafkaAccess } from '@taskflow/kafka-admin'
import { PartError, type RunningPart } from '../parts/part.ts'
import { lastLine } from '../parts/run.ts'

/** Resolves when a broker lists its topics; rejects when its process ends or after `timeoutMs`. */
export const untilKafkaResponds = async (
  brokers: string,
  part: RunningPart,
  { timeoutMs, signal }: { timeoutMs: number; signal?: AbortSignal | undefined },
): Promise<void> => {
  let gone = false
  part.exited.then(() => {
    gone = true
  })
  const deadline = Date.now() + timeoutMs
  while (!(await acceptsConnections(brokers)) || !(await listsTopics(brokers))) {
    signal?.throwIfAborted()
    if (gone)
      throw new PartError(`Kafka ended while starting (${lastLine(part.logFile)}).`, { fix: `see ${part.logFile}` })
    if (Date.now() > deadline) throw new PartError('Kafka does not answer.', { fix: `see ${part.logFile}` })
    await delay(100)
  }
}

/** Checks a broker that is not ours. */
export const checkKafka = async (brokers: string, access: KafkaAccess = {}): Promise<void> => {
  if (await listsTopics(brokers, access)) return
  const who = access.sasl ? `, or not to ${access.sasl.username}` : ''
  throw new PartError(`No Kafka broker answers at KAFKA_BROKERS=${brokers}${who}.`, {
    fix: 'start it, or unset KAFKA_BROKERS to use a local one; for a password: docs/setup/kafka-sasl.md',
  })
}

const listsTopics = async (brokers: string, access?: KafkaAccess): Promise<boolean> => {
  const admin = createAdmin(brokers, access)
  try {
    await admin.listTopics()
    return true
  } catch {
    return false
  } finally {
    await admin.close()
  }
}

/** Cheaper than a failed request while the broker starts. */
const acceptsConnections = (brokers: string): Promise<boolean> => {
  const [host, port] = brokers.split(',')[0]!.split(':')
  return new Promise((resolve) => {
    const socket = connect({ host: host!, port: Number(port) })
    socket.once('connect', () => resolve(true))
    socket.once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}
