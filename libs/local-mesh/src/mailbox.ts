import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { PartError, type RunningPart } from './parts/part.ts'
import { lastLine, startPart } from './parts/run.ts'
import { workspaceRoot } from './workspace.ts'

const program = join(workspaceRoot, 'apps/mailbox/src/main.ts')

export interface StartMailboxOptions {
  httpPort: number
  smtpPort: number
  /** Caught mail; kept between starts. */
  dir: string
  logFile: string
  onSpawn?: ((pid: number) => void) | undefined
  signal?: AbortSignal | undefined
}

/** Starts the local mail catcher and resolves when its API responds. */
export const startMailbox = async (options: StartMailboxOptions): Promise<RunningPart & { smtpUrl: string }> => {
  const { httpPort, smtpPort, dir, logFile, signal, onSpawn } = options
  const ports = { MAIL_HTTP_PORT: String(httpPort), MAIL_SMTP_PORT: String(smtpPort) }
  // Its own settings only: the rest of the environment may hold secrets.
  const own = Object.entries(process.env).filter(([name]) => name === 'PATH' || name.startsWith('MAIL_'))
  const env = { ...Object.fromEntries(own), ...ports, MAIL_DIR: dir }
  const part = await startPart('Mailbox', process.execPath, ['--title=taskflow-mailbox', program], {
    env,
    logFile,
    timeoutMs: 2_000,
    onSpawn,
  })
  let gone = false
  part.exited.then(() => {
    gone = true
  })
  const deadline = Date.now() + 120_000
  while (!(await responds(`http://127.0.0.1:${httpPort}/api/v1/messages`))) {
    if (signal?.aborted || gone || Date.now() > deadline) {
      const reason = gone ? `ended while starting (${lastLine(logFile)})` : 'does not answer'
      await part.stop()
      signal?.throwIfAborted()
      throw new PartError(`The mailbox ${reason}.`, { fix: `see ${logFile}` })
    }
    await delay(50)
  }
  return { ...part, smtpUrl: `smtp://127.0.0.1:${smtpPort}` }
}

const responds = (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(1_000) }).then(
    ({ ok }) => ok,
    () => false,
  )
