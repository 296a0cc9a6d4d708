import { rm } from 'node:fs/promises'
import { dirname, relative } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { readOptions } from '@taskflow/command-line'
import { migrate } from '@taskflow/database'
import {
  bundleServices,
  createRecords,
  defaultCacheDir,
  describeError,
  endInOrder,
  endOrphans,
  fixOf,
  killAll,
  makePrivateFolder,
  type Records,
  type Report,
  readSecrets,
  takeStartLock,
  watchProcesses,
} from '@taskflow/local-mesh'
import { buildConsole } from './build-console.ts'
import { checkPorts } from './check-ports.ts'
import { findParts } from './find-parts.ts'
import { deleteState } from './forget.ts'
import { beginLogs, followServiceLogs } from './logs.ts'
import { type Paths, pathsOf } from './paths.ts'
import { partsMessage, readyMessage } from './ready-message.ts'
import { portsOfSettings, readSettings, type Settings, startOptions, usage } from './settings.ts'
import { stopOnSignals } from './signals.ts'
import { lastWords, prepareMesh, runMesh } from './start-mesh.ts'
import { startParts } from './start-parts.ts'

const began = Date.now()
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const say: Report = (line) => process.stdout.write(`${line}\n`)
// Writing to a closed terminal is an error, which must not interrupt the stop. Removes the handler of a logging package
// that throws.
for (const stream of [process.stdout, process.stderr]) stream.removeAllListeners('error').on('error', () => {})

const options = readOptions(usage, startOptions)

/**
 * Starts and stops everything. Returns after a stop by signal, throws when the start failed; both leave nothing
 * running.
 */
const main = async (settings: Settings, paths: Paths, env: NodeJS.ProcessEnv): Promise<void> => {
  const release = await takeStartLock(paths.lock, `http://localhost:${settings.services['chat-api'].app}`)
  const records = createRecords(paths.processes)
  const signal = stopOnSignals(() => {
    killAll(records.all())
    process.exit(130)
  })
  const running = start({ settings, paths, env, records, signal })
  const stopRequested = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
  try {
    await Promise.race([running, stopRequested])
    // An interrupted step of the start may still add a process to the list.
    await Promise.race([running.catch(ignoreAbort), delay(2_000)])
  } finally {
    if (records.all().length > 0) say('\nStopping ...')
    await endInOrder(records.all(), say)
    await rm(paths.processes, { force: true })
    await release()
  }
  function ignoreAbort(error: unknown) {
    if (!signal.aborted) throw error
  }
}

interface Start {
  settings: Settings
  paths: Paths
  env: NodeJS.ProcessEnv
  records: Records
  signal: AbortSignal
}

/** Starts the mesh and resolves when `signal` is aborted. */
const start = async ({ settings, paths, env, records, signal }: Start): Promise<void> => {
  await endOrphans(paths.processes, say)
  if (settings.fresh) await deleteState(paths)
  await makePrivateFolder(paths.state)
  await beginLogs(paths)
  await checkPorts(portsOfSettings(settings))

  // Runs meanwhile; must have finished before the mesh is reported ready.
  const built = buildConsole(paths, { report: say, signal })
  const bundled = bundleServices(say)
  for (const each of [built, bundled]) each.catch(() => {})
  const search = { cacheDir: defaultCacheDir(env), logFile: paths.log('setup'), report: say, env, signal }
  const found = await findParts(settings, search)
  await checkPorts(portsOfSettings(settings)) // again: downloads may have taken minutes
  const secrets = await readSecrets(paths.secrets)
  const addresses = await startParts({ settings, paths, secrets, found, records, report: say, signal })
  await migrate({ databaseUrl: addresses.databaseUrl, passwords: secrets.servicePasswords })
  signal.throwIfAborted()
  const prepared = await prepareMesh(paths, settings, secrets, addresses, { dapr: found.dapr, env })
  const seconds = () => (Date.now() - began) / 1_000

  await bundled
  const following = followServiceLogs(paths, say)
  try {
    if (!settings.partsOnly) await runMesh(found.dapr, prepared, { paths, settings, records, report: say, signal })
    await built
    say(
      settings.partsOnly
        ? partsMessage(relative(root, prepared.runFile), seconds())
        : readyMessage(settings, seconds()),
    )
    const watching = watchProcesses(records.all(), { report: say, lastWords: (name) => lastWords(paths, name) })
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
    watching.stop()
  } finally {
    following.stop()
  }
}

/** A bug, not a problem the user can fix; TASKFLOW_DEBUG shows the stack. */
const unexpected = (error: unknown): string =>
  process.env.TASKFLOW_DEBUG && error instanceof Error ? (error.stack ?? '') : describeError(error)

try {
  await main(readSettings(process.env, options), pathsOf(root), process.env)
} catch (error) {
  const fix = fixOf(error)
  process.stderr.write(fix ? `\n${describeError(error)}\n  To fix it: ${fix}\n` : `\n${unexpected(error)}\n`)
  process.exit(1)
}

process.exit(0)
