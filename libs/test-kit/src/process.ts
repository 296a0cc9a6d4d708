import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort, workspaceRoot } from '@taskflow/local-mesh'
import { environmentPrefix, type ServiceName } from '@taskflow/service-kit'

/** Starts a service as a process and collects its output. */
export const startProcess = async (t: TestContext, service: ServiceName, env: Record<string, string>) => {
  const port = await freePort()
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: join(workspaceRoot, 'apps', service),
    env: { PATH: process.env.PATH, LOG_LEVEL: 'debug', [`${environmentPrefix(service)}_PORT`]: String(port), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit')
  t.after(async () => {
    child.kill('SIGKILL')
    await ended
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (printed += text))
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    printed: () => printed,
    /** Resolves when it responds or has exited. */
    alive: () =>
      until(async () => (await fetch(`${url}/healthz`).catch(() => undefined))?.ok || child.exitCode !== null),
    /** Resolves with its exit code, by itself or after SIGTERM. */
    ended: async (signal?: 'SIGTERM') => {
      if (signal) child.kill(signal)
      const [code] = await ended
      return code as number | null
    },
  }
}

/** Resolves when a condition becomes true. */
export const until = async (condition: () => Promise<unknown>): Promise<void> => {
  for (let tries = 0; !(await condition()); tries++) {
    if (tries > 300) throw new Error('the condition did not become true within half a minute')
    await delay(100)
  }
}
