import { createPrivateKey, createPublicKey } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import {
  type Dapr,
  daprCliFolder,
  daprRunProcesses,
  isAlive,
  lastLine,
  makeRuntimeFolder,
  PartError,
  type Records,
  type Report,
  type Secrets,
  startDaprRun,
} from '@taskflow/local-mesh'
import { type Addresses, startEnvironment, withoutSecrets, writeEnvironment } from './environment.ts'
import type { Paths } from './paths.ts'
import { untilReady } from './ready.ts'
import { fittingRunFile } from './run-file.ts'
import { writeSecretFiles } from './secret-files.ts'
import type { Settings } from './settings.ts'

/** Writes .taskflow/env, the files of secrets and the run file for these ports. Returns the arguments of `startDaprRun`. */
export const prepareMesh = async (
  paths: Paths,
  settings: Settings,
  secrets: Secrets,
  addresses: Addresses,
  { dapr, env }: { dapr: Dapr; env: NodeJS.ProcessEnv },
): Promise<{ runFile: string; env: NodeJS.ProcessEnv }> => {
  // The name resolution database still lists sidecars that were killed, under ports that nothing listens on.
  for (const suffix of ['', '-wal', '-shm']) await rm(`${paths.names}${suffix}`, { force: true })
  const runFile = await fittingRunFile(paths.runFile, paths.runFileCopy, settings.services)
  const checkpoints = paths.auditCheckpoints
  await makeRuntimeFolder(paths.daprRuntime, dapr, (appId) => paths.secretsOf(`${appId}.sidecar`))
  const started = startEnvironment(settings, secrets, addresses, { runtimePath: paths.daprRuntime, checkpoints, env })
  await writeSecretFiles(paths, started.secrets)
  await writeFile(paths.auditPublicKey, publicKeyOf(started.secrets['audit-logger'].service.AUDIT_SIGNING_KEY!))
  const pathFolders = [join(paths.root, 'node_modules', '.bin'), daprCliFolder(dapr)]
  const shown = runFile === paths.runFile ? '.' : relative(paths.root, runFile)
  const forPeople = { ...started.shared, DATABASE_URL: addresses.databaseUrl }
  await writeEnvironment(paths.env, forPeople, { pathFolders, runFile: shown })
  const path = [...pathFolders, env.PATH].join(':')
  return { runFile, env: { ...withoutSecrets(env), ...started.shared, PATH: path } }
}

const publicKeyOf = (signingKey: string) =>
  createPublicKey(createPrivateKey({ key: Buffer.from(signingKey, 'base64'), format: 'der', type: 'pkcs8' })).export({
    format: 'pem',
    type: 'spki',
  })

/** Starts the services with their sidecars, records each process as it appears, and resolves when all are ready. */
export const runMesh = async (
  dapr: Dapr,
  prepared: { runFile: string; env: NodeJS.ProcessEnv },
  context: { paths: Paths; settings: Settings; records: Records; report: Report; signal: AbortSignal },
): Promise<void> => {
  const { paths, settings, records, report, signal } = context
  const logFile = paths.log('dapr-run')
  const cli = await startDaprRun(dapr, { ...prepared, cwd: dirname(paths.runFile), logFile, onSpawn: recordCli })
  const check = () => {
    for (const { pid, ...about } of daprRunProcesses(cli.pid)) records.add(pid, about)
    const dead = records.all().find((record) => !isAlive(record))
    if (dead) throw new PartError(`${dead.name} ended while starting; ${lastWords(paths, dead.name)}.`)
  }
  await untilReady(settings.services, { check, report, signal })

  function recordCli(pid: number) {
    // It stops last, and then only spends a second or two looking for processes to kill.
    records.add(pid, { name: 'dapr run', role: 'cli', signal: 'SIGKILL' })
  }
}

/** The log of a process that has exited, with the last error in it. */
export const lastWords = (paths: Paths, name: string): string => {
  const file = paths.log(logName(name))
  const line = lastLine(file, { errorsOnly: true }).replace(/^== APP - \S+ == /, '')
  return `see ${relative(paths.root, file)}${line ? `, which ends with: ${line.slice(0, 200)}` : ''}`
}

const logName = (name: string): string => {
  if (name.startsWith('sidecar of ')) return `${name.slice('sidecar of '.length)}.sidecar`
  return name.toLowerCase().replaceAll(' ', '-')
}
