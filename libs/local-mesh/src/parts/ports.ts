import { randomInt } from 'node:crypto'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { outputOf } from './run.ts'

/**
 * Whether a server could listen on this port, on every address and on 127.0.0.1 alone: macOS allows the second while
 * somebody has the first, and the caller would then talk to a stranger.
 */
export const isPortFree = async (port: number): Promise<boolean> => {
  for (const host of [undefined, '127.0.0.1']) {
    if ((await listenOnce(port, host)) === undefined) return false
  }
  return true
}

/** Below the range from which Linux and macOS take ports of outgoing connections: one of those could be in the way later. */
const [lowest, highest] = [15_000, 32_000]

/** Ports that this process has been given: a mesh asks for thirty before the first is used. */
const given = new Set<number>()

/** A port that is free now, another each time. Nothing keeps other processes from it: use it soon. */
export const freePort = async (): Promise<number> => {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = randomInt(lowest, highest)
    if (given.has(port)) continue
    given.add(port)
    if (await isPortFree(port)) return port
  }
  throw new Error('no free port on 127.0.0.1')
}

/** Who listens on a port, as 'name (pid 123)'; undefined when it cannot be told (another user's process, usually). */
export const portOwner = async (port: number): Promise<string | undefined> => {
  const pid = process.platform === 'linux' ? ownerFromProc(port) : await ownerFromLsof(port)
  if (pid === undefined) return undefined
  const command = process.platform === 'linux' ? commandFromProc(pid) : await outputOf('ps', ['-o', 'comm=', '-p', pid])
  return command ? `${command} (pid ${pid})` : `pid ${pid}`
}

const listenOnce = (port: number, host: string | undefined): Promise<number | undefined> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined))
    })
  })

/** /proc/net/tcp names the socket that listens (state 0A); the process is the one with a descriptor of that socket. */
const ownerFromProc = (port: number): string | undefined => {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const sockets = new Set<string>()
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of readOr(table).split('\n').slice(1)) {
      const fields = line.trim().split(/\s+/)
      if (fields[1]?.endsWith(suffix) && fields[3] === '0A') sockets.add(`socket:[${fields[9]}]`)
    }
  }
  return sockets.size === 0 ? undefined : processes().find((pid) => descriptors(pid).some((link) => sockets.has(link)))
}

const processes = () => readdirSync('/proc').filter((name) => /^\d+$/.test(name))

const descriptors = (pid: string): string[] => {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((fd) => linkOr(`/proc/${pid}/fd/${fd}`))
  } catch {
    return []
  }
}

const commandFromProc = (pid: string) => readOr(`/proc/${pid}/comm`).trim()

const ownerFromLsof = async (port: number): Promise<string | undefined> => {
  const pids = await outputOf('lsof', ['-nP', '-t', `-iTCP:${port}`, '-sTCP:LISTEN'])
  return pids?.split('\n')[0] || undefined
}

const readOr = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

const linkOr = (path: string): string => {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}
