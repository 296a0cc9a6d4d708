import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type KafkaAccess, kafkaAccess } from './kafka-access.ts'
import { KafkaError } from './kafka-error.ts'

/** Login for brokers that require a password: SASL/SCRAM-SHA-512 over TLS. */
export interface KafkaLogin {
  username: string
  password: string
  /** File and content of the authority that signed the brokers' certificates, unless it is a public one. */
  ca?: { file: string; pem: string }
}

/** KAFKA_USERNAME, KAFKA_PASSWORD and KAFKA_CA; undefined for brokers without a login. */
export const readKafkaLogin = (env: NodeJS.ProcessEnv): KafkaLogin | undefined => {
  const { KAFKA_USERNAME: username, KAFKA_PASSWORD: password, KAFKA_CA: file } = env
  if (!username || !password) return undefined
  return { username, password, ...(file ? { ca: { file: resolve(file), pem: readAuthority(file) } } : {}) }
}

export const accessWith = (login: KafkaLogin | undefined): KafkaAccess =>
  login ? kafkaAccess({ ...login, ca: login.ca?.pem }) : {}

const readAuthority = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new KafkaError(`KAFKA_CA=${file} cannot be read (${(error as Error).message}).`, {
      fix: 'name a file in PEM, or unset KAFKA_CA when a public authority signed the certificates of the brokers',
    })
  }
}
