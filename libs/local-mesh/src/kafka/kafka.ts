import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { exists } from '../parts/cache.ts'
import type { RunningPart } from '../parts/part.ts'
import { freePort } from '../parts/ports.ts'
import { makePrivateFolder } from '../parts/private-files.ts'
import { runToEnd, startPart } from '../parts/run.ts'
import { type FindOptions, type Outlook, obtain, outlook, type Source } from '../parts/sources.ts'
import { untilKafkaResponds } from './kafka-client.ts'
import { asProperties, type ClusterMember, kafkaSettings } from './kafka-config.ts'
import { dockerObstacle, type KafkaDocker, pullKafka, startInDocker } from './kafka-docker.ts'
import { findJars, jarsObstacle, type KafkaJava, resolveJars } from './kafka-java.ts'

export type Kafka = KafkaJava | KafkaDocker
export type RunningKafka = RunningPart & { brokers: string }

export const kafkaFix = 'apt-get install default-jre-headless maven (or start Docker, or set KAFKA_BROKERS)'

/** Finds a broker or obtains one: Java with jars from the cache or resolved by Maven, else Docker. */
export const findKafka = (options: FindOptions): Promise<Kafka> =>
  obtain('Kafka', kafkaSources(options), { ...options, fix: kafkaFix })

export const kafkaOutlook = (options: FindOptions): Promise<Outlook<Kafka>> => outlook(kafkaSources(options))

const kafkaSources = (options: FindOptions): Source<Kafka>[] => [
  { name: 'Java and the cache', find: () => findJars(options) },
  {
    name: 'Java, with jars resolved by Maven',
    obtain: {
      cost: 'a download of 43 MB',
      obstacle: () => jarsObstacle(options),
      run: () => resolveJars(options),
    },
  },
  {
    name: 'Docker',
    obtain: {
      cost: 'an image of about 400 MB',
      obstacle: () => dockerObstacle(options),
      run: () => pullKafka(options),
    },
  },
]

export interface StartKafkaOptions {
  /** Data folder; created when missing, kept afterwards. */
  dir: string
  port: number
  logFile: string
  /** Heap of the JVM: '512m'. */
  heap?: string
  /** One of three brokers; needs Java. */
  cluster?: ClusterMember
  onSpawn?: ((pid: number) => void) | undefined
  signal?: AbortSignal | undefined
}

/**
 * Starts one broker on 127.0.0.1 and resolves when it responds. Formats `dir` the first time; recovers after a kill.
 */
export const startKafka = async (kafka: Kafka, options: StartKafkaOptions): Promise<RunningKafka> => {
  const part = kafka.kind === 'java' ? await startInJava(kafka, options) : await startInDocker(options)
  const brokers = `127.0.0.1:${options.port}`
  try {
    // Long: a broker first reads its logs after a kill, and a busy machine starts a JVM slowly.
    await untilKafkaResponds(brokers, part, { timeoutMs: 180_000, signal: options.signal })
  } catch (error) {
    await part.stop({ timeoutMs: 2_000 })
    throw error
  }
  return { ...part, brokers }
}

const startInJava = async ({ java, jars }: KafkaJava, options: StartKafkaOptions): Promise<RunningPart> => {
  const { port, logFile, heap = '512m', cluster, signal, onSpawn } = options
  const dir = resolve(options.dir)
  await makePrivateFolder(dir)
  const config = `${dir}.properties`
  const controllerPort = cluster?.controllerPort ?? (await freePort())
  await writeFile(config, asProperties(kafkaSettings({ dir, port, controllerPort, cluster })))
  const run = (main: string, args: string[]) => [...jvmFlags(heap), '-cp', join(jars, '*'), main, ...args]
  if (!(await exists(join(dir, 'meta.properties')))) {
    const format = ['format', '--config', config, '--cluster-id', cluster?.id ?? newClusterId(), '--ignore-formatted']
    await runToEnd(java, run('kafka.tools.StorageTool', format), { logFile, signal, cwd: dir })
  }
  return startPart('Kafka', java, run('kafka.Kafka', [config]), { logFile, cwd: dir, timeoutMs: 6_000, onSpawn })
}

/**
 * 16 random bytes in base64; the first bit is cleared, because an id that begins with '-' would be read as an option.
 */
export const newClusterId = (): string => {
  const bytes = randomBytes(16)
  bytes[0]! &= 0x7f
  return bytes.toString('base64url')
}

const jvmFlags = (heap: string): string[] => [
  `-Xmx${heap}`,
  '-Xms128m',
  '-XX:+UseG1GC',
  '-XX:MaxGCPauseMillis=20',
  '-XX:-UsePerfData',
  '-Djava.awt.headless=true',
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
  '-Dorg.slf4j.simpleLogger.showDateTime=true',
  '-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd HH:mm:ss.SSS',
]
