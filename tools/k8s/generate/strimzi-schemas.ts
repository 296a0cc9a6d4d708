import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Schema } from '../check/schemas.ts'

const version = '0.49.1'
const apiVersion = 'kafka.strimzi.io/v1'
const model = 'io.strimzi.api.kafka.model'
const classes = { Kafka: 'kafka.Kafka', KafkaNodePool: 'nodepool.KafkaNodePool', KafkaUser: 'user.KafkaUser' }

const project = `<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>taskflow</groupId><artifactId>strimzi-schemas</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>io.strimzi</groupId><artifactId>api</artifactId><version>${version}</version></dependency>
  </dependencies>
</project>
`

/** Schemas of Strimzi's kinds that we use, from its own classes, which Maven downloads. */
export const strimziSchemas = (): { apiVersion: string; kind: string; schema: Schema }[] => {
  const folder = mkdtempSync(join(tmpdir(), 'taskflow-strimzi-'))
  try {
    writeFileSync(join(folder, 'pom.xml'), project)
    execFileSync('mvn', ['-q', '-B', 'dependency:copy-dependencies', '-DoutputDirectory=libs'], { cwd: folder })
    const names = Object.values(classes).map((name) => `${model}.${name}`)
    const program = join(import.meta.dirname, 'StrimziSchemas.java')
    const java = execFileSync('java', ['-cp', 'libs/*', program, ...names], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const schemas = JSON.parse(java) as Record<string, Schema>
    return Object.entries(classes).map(([kind, name]) => ({ apiVersion, kind, schema: schemas[`${model}.${name}`]! }))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
