import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

/**
 * node wait-for.ts ADDRESS...: ends when each ADDRESS takes connections. An address is what the settings hold: `host:port`,
 * several with commas between them (one of them is enough), or with a path behind it, which does not matter.
 *
 * The init container of every service: a sidecar that starts before the broker ends at once, and Kubernetes tries again
 * after a pause that grows to minutes.
 */
const addresses = process.argv.slice(2)
if (addresses.length === 0) {
  console.error('Usage: node wait-for.ts HOST:PORT[,HOST:PORT...] ...')
  process.exit(78)
}

const oneAnswers = async (hosts: string[]): Promise<boolean> => (await Promise.all(hosts.map(answers))).includes(true)

const answers = (address: string): Promise<boolean> => {
  const [, host, port] = address.trim().match(/^\[?(.+?)\]?:(\d+)$/) ?? []
  if (!host) {
    console.error(`${address} is no HOST:PORT`)
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
  for (let said = false; !(await oneAnswers(hosts)); said = true) {
    if (!said) console.log(`waiting for ${hosts.join(' or ')}`)
    await delay(500)
  }
  console.log(`${hosts.join(' or ')} answers`)
}
