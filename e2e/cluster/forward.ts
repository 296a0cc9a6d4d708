import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort, PartError } from '@taskflow/local-mesh'
import { namespace } from './kubectl.ts'

/** A local port that is forwarded to a pod. */
export interface Forward {
  port: number
  /** Resolves when the port-forward ends, at the latest with its pod. */
  ended: Promise<unknown>
  stop(): void
}

const children = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of children) child.kill()
})

/** Resolves when the port is forwarded; throws with the message of kubectl otherwise. */
export const openForward = async (target: string, to: number, port?: number): Promise<Forward> => {
  const from = port ?? (await freePort())
  const child = spawn('kubectl', ['--namespace', namespace, 'port-forward', target, `${from}:${to}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.add(child)
  let message = ''
  createInterface({ input: child.stderr }).on('line', (line) => {
    message = line
  })
  const ended = new Promise((resolve) => child.once('close', resolve).once('error', resolve)).then(() =>
    children.delete(child),
  )
  const isOpen = new Promise<true>((resolve) =>
    createInterface({ input: child.stdout }).on('line', (line) => line.startsWith('Forwarding') && resolve(true)),
  )
  if ((await Promise.race([isOpen, ended, delay(20_000, undefined, { ref: false })])) !== true) {
    child.kill()
    throw new PartError(`cannot forward a port to ${target}: ${message || 'no response'}`)
  }
  return { port: from, ended, stop: () => child.kill() }
}

/** Reopens the port-forward whenever it ends, because the pod behind `target` may be replaced. */
export const keepForward = async (target: string, to: number): Promise<Pick<Forward, 'port' | 'stop'>> => {
  let stopping = false
  let current = await openForward(target, to)
  const { port } = current
  const keep = async () => {
    while (!stopping) {
      await current.ended
      await delay(250)
      if (!stopping) current = await openForward(target, to, port).catch(() => current)
    }
  }
  void keep()
  return {
    port,
    stop: () => {
      stopping = true
      current.stop()
    },
  }
}
