import { randomInt } from 'node:crypto'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { outputOf } from './run.ts'

/**
 * Whether a server could listen on this port, both on every address and on 127.0.0.1 alone: macOS allows the second
 * while another process holds the first, and clients would then reach the wrong server.
 */
export const isPortFree = async (port: number): Promise<boolean> => {
  for (const host of [undefined, '127.0.0.1']) {
    if ((await listenOnce(port, host)) === undefined) return false
  }
  return true
}

/** Below the ephemeral range of Linux and macOS: an outgoing connection could take such a port later. */
const [lowest, highest] = [15_000, 32_000]

/** Ports this process has already handed out: a mesh takes thirty before the first is used. */
const given = new Set<number>()

/** A different free port each time. Nothing reserves it: use it soon. */
export const freePort = async (): Promise<number> => {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = randomInt(lowest, highest)
    if (given.has(port)) continue
    given.add(port)
    if (await isPortFree(port)) return port
  }
  throw new Error('no free port on 127.0.0.1')
}

/** The process that listens on a port, as 'name (pid 123)'; undefined when unknown, usually another user's process. */
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

/** /proc/net/tcp lists listening sockets (state 0A); the process is the one with a descriptor of that socket. */
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
