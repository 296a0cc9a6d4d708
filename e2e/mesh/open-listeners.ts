import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/**
 * TCP listeners, as `program port`, that a process or its descendants have open to more than this machine. Reads /proc;
 * undefined where there is none.
 */
export const openListeners = (ancestor: number): string[] | undefined => {
  if (process.platform !== 'linux') return undefined
  const open = new Map(['/proc/net/tcp', '/proc/net/tcp6'].flatMap(listeners))
  return withDescendants(ancestor).flatMap((pid) => {
    const program = readText(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').slice(0, 60)
    const ports = new Set(socketsOf(pid).flatMap((inode) => open.get(inode) ?? []))
    return [...ports].map((port) => `${program} ${port}`)
  })
}

/** The inode and port of each listening socket that is not bound to loopback. */
const listeners = (table: string): [inode: string, port: number][] =>
  readText(table)
    .trim()
    .split('\n')
    .slice(1)
    .flatMap((line): [string, number][] => {
      const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/)
      const [address = '', port = ''] = local.split(':')
      return state === '0A' && !isLoopback(address) ? [[inode, Number.parseInt(port, 16)]] : []
    })

/** Addresses are words in the byte order of the machine: 127.0.0.1, ::1, ::ffff:127.0.0.1. */
const isLoopback = (address: string): boolean =>
  /^[0-9A-F]{6}7F$/.test(address) || /^0{24}01000000$/.test(address) || /^0{16}FFFF0000[0-9A-F]{6}7F$/.test(address)

const withDescendants = (ancestor: number): number[] => {
  const parents = readdirSync('/proc').flatMap((name): [number, number][] => {
    const stat = /^\d+$/.test(name) ? readText(`/proc/${name}/stat`) : ''
    return stat ? [[Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])]] : []
  })
  const found = [ancestor]
  for (const pid of found) found.push(...parents.flatMap(([child, parent]) => (parent === pid ? [child] : [])))
  return found
}

const socketsOf = (pid: number): string[] => {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? []
      } catch {
        return [] // closed meanwhile
      }
    })
  } catch {
    return [] // exited meanwhile
  }
}

const readText = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
