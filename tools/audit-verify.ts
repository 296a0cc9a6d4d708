import { createPublicKey, type KeyObject } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream/promises'
import { parseEnv } from 'node:util'
import { isSigned, parseCheckpoint } from '@taskflow/audit-logger/checkpoint'
import { exportLines, readDatabase, readExport } from '@taskflow/audit-logger/read-export'
import { type ChainLink, truncated, type Verdict, verifyChain } from '@taskflow/audit-logger/verify-chain'
import { readOptions, refuse } from '@taskflow/command-line'
import pg from 'pg'

const usage = `npm run audit:verify -- --export FILE | --database URL [options]

  --export FILE       verify an NDJSON export, offline
  --database URL      verify the log in a database
  --checkpoints FILE  checkpoints signed by audit-logger; without them a cut-off end is not detected
  --public-key FILE   the key that verifies the checkpoints, PEM
  --save FILE         export the log of the database to FILE first
  --help              this text

By default it verifies the database of npm start with its checkpoints and key.
Exits with 0 when every record is unchanged, 1 when one is not, 2 when the log could not be verified.`

/** The log could not be verified: a file or database cannot be read. */
class CannotVerify extends Error {}

const text = { type: 'string' } as const
const known = { export: text, database: text, checkpoints: text, 'public-key': text, save: text }

interface Options {
  export?: string | undefined
  database?: string | undefined
  checkpoints?: string | undefined
  'public-key'?: string | undefined
  save?: string | undefined
}

const checkedOptions = (values: Options): Options => {
  if (values.export && (values.database || values.save)) {
    return refuse(usage, '--export cannot be combined with --database or --save')
  }
  const options: Options = values.export || values.database ? values : { ...localOptions(), ...values }
  if (!options.export && !options.database) return refuse(usage, 'Neither --export nor --database is given')
  if (Boolean(options.checkpoints) !== Boolean(options['public-key'])) {
    return refuse(
      usage,
      '--checkpoints requires --public-key, and the reverse: an unverified checkpoint proves nothing',
    )
  }
  return options
}

/** The database, checkpoints and key of `npm start`. */
const localOptions = (): Options => {
  const state = join(import.meta.dirname, '../.taskflow')
  if (!existsSync(join(state, 'env'))) return {}
  const env = parseEnv(readFileSync(join(state, 'env'), 'utf8'))
  const key = join(state, 'audit-public-key.pem')
  const { DATABASE_URL: database, AUDIT_CHECKPOINTS: checkpoints } = env
  if (!database || !checkpoints || !existsSync(checkpoints) || !existsSync(key)) return { database }
  return { database, checkpoints, 'public-key': key }
}

/** Hashes of checkpoints by sequence. */
const readCheckpoints = async (file: string, keyFile: string): Promise<Map<number, string>> => {
  const key = readKey(keyFile)
  const hashes = new Map<number, string>()
  let number = 0
  for await (const line of createInterface({ input: createReadStream(file) })) {
    number++
    if (line === '') continue
    const checkpoint = parseCheckpoint(line)
    // A crash can leave half a line; the next checkpoint covers it.
    if (!checkpoint) console.error(`checkpoints: line ${number} cannot be read and is ignored`)
    else if (!isSigned(key, checkpoint)) {
      throw new CannotVerify(`${file}, line ${number}: the signature is not of this key, or the line was changed.`)
    } else hashes.set(checkpoint.sequence, checkpoint.hash)
  }
  if (hashes.size === 0) throw new CannotVerify(`${file} holds no checkpoint.`)
  return hashes
}

const readKey = (file: string): KeyObject => {
  try {
    return createPublicKey(readFileSync(file))
  } catch (error) {
    throw new CannotVerify(`${file} is not a public key: ${(error as Error).message}`)
  }
}

const progressInterval = 5_000

/** The same records; prints its progress every few seconds. */
const withProgress = async function* (links: AsyncIterable<ChainLink>) {
  let reported = performance.now()
  for await (const link of links) {
    if (performance.now() - reported > progressInterval) {
      reported = performance.now()
      console.error(`... record ${link.sequence}`)
    }
    yield link
  }
}

const verify = async (options: Options): Promise<Verdict> => {
  const { export: file, database, checkpoints: signed, 'public-key': key, save } = options
  const checkpoints = signed && key ? await readCheckpoints(signed, key) : undefined
  if (file) return verifyChain(withProgress(readExport(file)), checkpoints)
  const client = new pg.Client({ connectionString: database, connectionTimeoutMillis: 5_000 })
  try {
    await client.connect()
    // One snapshot of the log, whatever is recorded meanwhile.
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const { rows } = await client.query<{ sequence: string }>('SELECT sequence FROM audit.chain_head')
    const head = Number(rows[0]?.sequence)
    // Never overwrites a file.
    if (save) await pipeline(exportLines(client), createWriteStream(save, { flags: 'wx', mode: 0o600 }))
    const verdict = await verifyChain(withProgress(readDatabase(client)), checkpoints)
    if (!verdict.finding && head > verdict.records) verdict.finding = truncated(verdict.records, head)
    return verdict
  } finally {
    await client.end().catch(() => {})
  }
}

try {
  const options = checkedOptions(readOptions(usage, known))
  const { records, checkpoints, last, finding } = await verify(options)
  if (finding) {
    console.log(`Record ${finding.sequence} is bad (${finding.kind}): ${finding.detail}.`)
    console.log(`${records} records before it are as they were written.`)
    process.exitCode = 1
  } else {
    console.log(`${records} records, each as it was written; ${checkpoints} checkpoints hold.`)
    console.log(`The last is ${last.sequence}, ${last.hash}.`)
    if (!options.checkpoints) console.log('Without --checkpoints a cut-off end is not detected.')
  }
} catch (error) {
  console.error(error instanceof CannotVerify ? error.message : `Cannot verify: ${(error as Error).message}`)
  process.exitCode = 2
}
