import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { SMTPServer } from 'smtp-server'
import { createApi } from './api.ts'
import { createSmtpServer } from './smtp.ts'
import { openStore } from './store.ts'

export interface MailboxOptions {
  /** Where the .eml files are kept between starts. */
  dir: string
  /** 0 takes a free port; `start` returns it. */
  smtpPort: number
  httpPort: number
  host?: string
  /** How many of the newest messages are kept. */
  keep?: number
  /** Names by which it may be read, besides localhost and its own. */
  allowedHosts?: string[]
}

export interface Ports {
  smtpPort: number
  httpPort: number
}

/**
 * A stand-in for Mailpit: catches every mail sent to it over SMTP, and shows it by Mailpit's HTTP API and on a page.
 */
export const createMailbox = ({
  dir,
  smtpPort,
  httpPort,
  host = '127.0.0.1',
  keep = 1000,
  allowedHosts = [],
}: MailboxOptions) => {
  let running: { smtp: SMTPServer; http: Server } | undefined

  const stop = async () => {
    const servers = running
    running = undefined
    if (!servers) return
    servers.http.closeAllConnections()
    await Promise.all([
      new Promise<void>((done) => servers.smtp.close(done)),
      new Promise<void>((done) => servers.http.close(() => done())),
    ])
  }

  return {
    /** Resolves with the ports. Rejects with the error of `listen` when one is not available, leaving neither open. */
    async start(): Promise<Ports> {
      const store = await openStore(dir, { keep })
      const smtp = createSmtpServer(store.add)
      // A client that breaks off must not end the server.
      smtp.on('error', () => {})
      const http = createServer(createApi(store, { allowedHosts }))
      running = { smtp, http }
      try {
        smtp.listen(smtpPort, host)
        await once(smtp.server, 'listening')
        http.listen(httpPort, host)
        await once(http, 'listening')
      } catch (error) {
        await stop()
        throw error
      }
      return { smtpPort: portOf(smtp.server), httpPort: portOf(http) }
    },
    /** Within a second, whatever clients are doing; safe to call twice. */
    stop,
  }
}

const portOf = (server: { address(): AddressInfo | string | null }) => (server.address() as AddressInfo).port
