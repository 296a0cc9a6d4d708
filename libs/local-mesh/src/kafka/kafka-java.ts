import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cached, exists } from '../parts/cache.ts'
import { outputOf, runToEnd } from '../parts/run.ts'
import type { FindOptions } from '../parts/sources.ts'

export const kafkaVersion = '4.1.1'
const oldestJava = 17

export interface KafkaJava {
  kind: 'java'
  java: string
  jars: string
  source: string
}

const folder = `kafka-${kafkaVersion}`

/** The program `java`, or why it cannot be used. JAVA_HOME takes precedence over PATH, as usual for Java. */
const findJava = async (env: NodeJS.ProcessEnv): Promise<{ java: string } | { obstacle: string }> => {
  const java = env.JAVA_HOME ? join(env.JAVA_HOME, 'bin', 'java') : 'java'
  const text = await outputOf(java, ['-version'], { env })
  const version = Number(text?.match(/version "(\d+)/)?.[1])
  if (!version) return { obstacle: 'Java is not installed' }
  return version < oldestJava ? { obstacle: `Java ${version} is too old (needed: ${oldestJava})` } : { java }
}

export const findJars = async ({ cacheDir, env = process.env }: FindOptions): Promise<KafkaJava | undefined> => {
  const found = await findJava(env)
  const jars = join(cacheDir, folder)
  return 'java' in found && (await exists(jars))
    ? { kind: 'java', ...found, jars, source: `${kafkaVersion}, jars in the cache` }
    : undefined
}

export const jarsObstacle = async ({ env = process.env }: FindOptions): Promise<string | undefined> => {
  const found = await findJava(env)
  if ('obstacle' in found) return found.obstacle
  return (await outputOf('mvn', ['--version'], { env })) ? undefined : 'Maven is not installed'
}

/** Resolves the broker with Maven and copies its jars into the cache; `-C` makes a wrong checksum an error. */
export const resolveJars = async (options: FindOptions): Promise<KafkaJava> => {
  const { cacheDir, logFile, signal, report, env = process.env } = options
  const jars = await cached(
    cacheDir,
    folder,
    async (target) => {
      const project = join(target, 'project')
      await mkdir(project)
      await writeFile(join(project, 'pom.xml'), pom)
      const copy = ['dependency:copy-dependencies', `-DoutputDirectory=${target}`, '-DincludeScope=runtime']
      await runToEnd('mvn', ['-B', '-q', '-C', ...copy], { cwd: project, env, logFile, signal })
      await rm(project, { recursive: true })
    },
    { report, signal },
  )
  const found = await findJava(env)
  if ('obstacle' in found) throw new Error(found.obstacle)
  return { kind: 'java', ...found, jars, source: `${kafkaVersion}, jars resolved by Maven` }
}

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>taskflow</groupId>
  <artifactId>kafka</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.apache.kafka</groupId>
      <artifactId>kafka_2.13</artifactId>
      <version>${kafkaVersion}</version>
    </dependency>
    <dependency>
      <groupId>org.slf4j</groupId>
      <artifactId>slf4j-simple</artifactId>
      <version>1.7.36</version>
    </dependency>
  </dependencies>
</project>
`
