import { join } from 'node:path'
import { PartError } from '../parts/part.ts'
import { freePort } from '../parts/ports.ts'
import { type Kafka, newClusterId, type RunningKafka, startKafka } from './kafka.ts'

export interface ClusterPlan {
  /** Holds a data folder for each broker. */
  folder: string
  /** Port of the first broker. */
  port: number
  count: 1 | 3
  log: (name: string) => string
}

/** How each broker of a cluster is started; those of three all at once, or the first one before. */
export const planBrokers = async (
  kafka: Kafka,
  { folder, port, count, log }: ClusterPlan,
): Promise<(() => Promise<RunningKafka>)[]> => {
  if (count === 1) return [() => startKafka(kafka, { dir: join(folder, 'kafka'), port, logFile: log('kafka') })]
  if (kafka.kind !== 'java') throw new PartError('Three brokers need Java.', { fix: 'install a JRE of 17 or newer' })
  const id = newClusterId()
  const nodes = [1, 2, 3]
  const controllerPort = await freePort()
  const ports = await Promise.all(nodes.map((node) => (node === 1 ? port : freePort())))
  return nodes.map((node) => () => {
    const name = `kafka-${node}`
    const cluster = { id, node, controllerPort }
    return startKafka(kafka, {
      dir: join(folder, name),
      port: ports[node - 1]!,
      logFile: log(name),
      heap: '256m',
      cluster,
    })
  })
}
