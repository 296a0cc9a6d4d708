import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import type { RunningPart } from '../parts/part.ts'
import { outputOf, runToEnd, startPart } from '../parts/run.ts'
import type { FindOptions } from '../parts/sources.ts'
import { singleBrokerSettings } from './kafka-config.ts'
import { kafkaVersion } from './kafka-java.ts'

export interface KafkaDocker {
  kind: 'docker'
  source: string
}

const image = `apache/kafka:${kafkaVersion}`

export const dockerObstacle = async ({ env = process.env }: FindOptions): Promise<string | undefined> =>
  (await outputOf('docker', ['info', '--format', '{{.ServerVersion}}'], { env })) ? undefined : 'Docker is not running'

export const pullKafka = async ({ env = process.env, logFile, signal }: FindOptions): Promise<KafkaDocker> => {
  if (!(await outputOf('docker', ['image', 'inspect', image], { env }))) {
    await runToEnd('docker', ['pull', '--quiet', image], { env, logFile, signal })
  }
  return { kind: 'docker', source: image }
}

/**
 * The Docker client stays in the foreground and passes signals on, so the container is handled like any other process.
 * A client killed with -9 leaves its container running: the next start removes it by name.
 */
export const startInDocker = async (options: {
  dir: string
  port: number
  logFile: string
  heap?: string
  onSpawn?: ((pid: number) => void) | undefined
}): Promise<RunningPart> => {
  const { port, logFile, heap = '512m', onSpawn } = options
  const name = containerName(options.dir)
  await outputOf('docker', ['rm', '--force', name])
  const settings = Object.entries({
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': '1@localhost:9093',
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'INSIDE',
    listeners: 'INSIDE://:9091,OUTSIDE://:9092,CONTROLLER://:9093',
    'advertised.listeners': `INSIDE://localhost:9091,OUTSIDE://127.0.0.1:${port}`,
    'listener.security.protocol.map': 'INSIDE:PLAINTEXT,OUTSIDE:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'log.dirs': '/var/lib/kafka/data',
    ...singleBrokerSettings,
  }).flatMap(([key, value]) => ['--env', `KAFKA_${key.toUpperCase().replaceAll('.', '_')}=${value}`])
  const volume = ['--volume', `${name}:/var/lib/kafka/data`]
  const publish = ['--publish', `127.0.0.1:${port}:9092`, '--env', `KAFKA_HEAP_OPTS=-Xmx${heap}`]
  const args = ['run', '--rm', '--name', name, ...publish, ...volume, ...settings, image]
  return startPart('Kafka', 'docker', args, { logFile, timeoutMs: 6_000, onSpawn })
}

/** Deletes a broker's named volume; does nothing without Docker or the volume. */
export const deleteDockerVolume = async (dir: string): Promise<void> => {
  await outputOf('docker', ['volume', 'rm', '--force', containerName(dir)])
}

const containerName = (dir: string): string =>
  `taskflow-kafka-${createHash('sha256').update(resolve(dir)).digest('hex').slice(0, 12)}`
