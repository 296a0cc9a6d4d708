import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

/**
 * node wait-for.ts ADDRESS...: exits when each ADDRESS accepts connections. An address has the form of the settings:
 * `host:port`, several separated by commas (one of them is enough); a path is ignored.
 *
 * The init container of every service: a sidecar that starts before the broker exits, and Kubernetes restarts it with
 * back-off, up to minutes.
 */
const addresses = process.argv.slice(2)
if (addresses.length === 0) {
  console.error('Usage: node wait-for.ts HOST:PORT[,HOST:PORT...] ...')
  process.exit(78)
}

const acceptsConnections = (address: string): Promise<boolean> => {
  const [, host, port] = address.trim().match(/^\[?(.+?)\]?:(\d+)$/) ?? []
  if (!host) {
    console.error(`${address} is not HOST:PORT`)
    process.exit(78)
  }
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port), timeout: 2_000 })
    const end = (answered: boolean) => {
      socket.destroy()
      resolve(answered)
    }
    socket.once('connect', () => end(true)).once('error', () => end(false))
    socket.once('timeout', () => end(false))
  })
}

for (const address of addresses) {
  const hosts = address.split('/')[0]!.split(',')
  let isReported = false
  while (!(await Promise.all(hosts.map(acceptsConnections))).includes(true)) {
    if (!isReported) console.log(`waiting for ${hosts.join(' or ')}`)
    isReported = true
    await delay(500)
  }
  console.log(`${hosts.join(' or ')} answers`)
}
