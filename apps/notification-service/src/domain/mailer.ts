import type { Readable } from 'node:stream'
import { createTransport, type SendMailOptions } from 'nodemailer'
import type { Outcome } from './outcome.ts'

export interface Mailbox {
  name: string
  address: string
}

export interface Mail {
  to: Mailbox
  message_id: string
  subject: string
  text: string
  html: string
  /** The URL for one-click unsubscribing (RFC 8058); none where the mail must arrive. */
  unsubscribe_url?: string
  attachments: { filename: string; content: string; contentType: string }[]
}

/** Sends mails through a mail server. */
export interface Mailer {
  /**
   * At most `maxConnections` at once. `stopping` ends it early: at once before the mail is handed over, else soon
   * after.
   */
  send(mail: Mail, stopping: AbortSignal): Promise<Outcome>
  close(): void
}

export const mailConnections = 8

const second = 1_000

/** Timeouts for the mail server, in milliseconds. */
export const mailTimeouts = {
  connect: 10 * second,
  greeting: 10 * second,
  /** Until the server asks for the mail. */
  handshake: 60 * second,
  /**
   * For the reply to a whole mail. RFC 5321, section 4.5.3.2.6, asks for ten minutes: a retry would double the mail.
   */
  answer: 600 * second,
  /** The same while the service is stopping. */
  stopping: 5 * second,
}

export const createMailer = (options: {
  url: string
  from: Mailbox
  timeouts?: typeof mailTimeouts
  maxConnections?: number
}): Mailer => {
  const { url, from, maxConnections = mailConnections } = options
  const timeouts = options.timeouts ?? mailTimeouts
  const transport = createTransport({
    url,
    pool: true,
    maxConnections,
    // One retry over a new connection when the server has closed an idle one; other failures go to the ledger.
    maxRequeues: 1,
    connectionTimeout: timeouts.connect,
    dnsTimeout: timeouts.connect,
    greetingTimeout: timeouts.greeting,
    socketTimeout: timeouts.answer,
    // Texts of users must never make the mailer read a file or fetch a URL.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  // The stream of a mail is created once there is a session, and read after the server's 354 response.
  transport.use('stream', (mail, done) => {
    const { message } = mail
    const createReadStream = message.createReadStream.bind(message)
    message.createReadStream = (options) => {
      const stream = createReadStream(options)
      ;(mail.data as WithStream).onStream?.(stream)
      return stream
    }
    done()
  })

  const send = async (mail: Mail, stopping: AbortSignal): Promise<Outcome> => {
    let stream: Readable | undefined
    const isHandedOver = () => stream?.readableDidRead === true
    const ending = new AbortController()
    const end = (why: string) => ending.abort(new Error(why))
    const timers = [
      setTimeout(() => isHandedOver() || end('the mail server did not ask for the mail in time'), timeouts.handshake),
      setTimeout(() => end('the mail server did not answer in time'), timeouts.handshake + timeouts.answer),
    ]
    const onStopping = () => {
      if (isHandedOver()) timers.push(setTimeout(() => end('this service is stopping'), timeouts.stopping))
      else end('this service is stopping')
    }
    stopping.addEventListener('abort', onStopping)
    if (stopping.aborted) onStopping()
    const { message_id, unsubscribe_url, ...content } = mail
    try {
      const message: SendMailOptions & WithStream = {
        ...content,
        from,
        messageId: message_id,
        headers: {
          'Auto-Submitted': 'auto-generated',
          ...(unsubscribe_url ? { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {}),
        },
        ...(unsubscribe_url ? { list: { unsubscribe: { url: unsubscribe_url, comment: '' } } } : {}),
        signal: ending.signal,
        onStream: (each: Readable) => {
          stream = each
        },
      }
      await transport.sendMail(message)
      return { result: 'sent' }
    } catch (error) {
      const stage = stream === undefined ? 'connecting' : isHandedOver() ? 'handed over' : 'addressing'
      return failure((ending.signal.aborted ? ending.signal.reason : error) as SmtpError, stage)
    } finally {
      for (const timer of timers) clearTimeout(timer)
      stopping.removeEventListener('abort', onStopping)
    }
  }
  return { send, close: () => transport.close() }
}

interface WithStream {
  onStream?: (stream: Readable) => void
}

interface SmtpError extends Error {
  /** EENVELOPE, EMESSAGE: about this mail; others are about the connection. */
  code?: string
  responseCode?: number
}

/** A used-up daily quota, which Gmail reports as permanent (550 5.4.5). */
const quotaExceeded = /\b5\.4\.5\b/

/** What a failure means for the mail: SMTP 5yz is permanent, 4yz temporary (RFC 5321, section 4.2.1). */
const failure = (error: SmtpError, stage: 'connecting' | 'addressing' | 'handed over'): Outcome => {
  const { message: detail, code, responseCode } = error
  const isAboutMail = code === 'EENVELOPE' || code === 'EMESSAGE'
  const away = { result: 'server away', reason: 'the mail server is not available', detail } as const
  if (responseCode !== undefined) {
    const isAboutUs = !isAboutMail || responseCode === 421 || quotaExceeded.test(detail)
    if (isAboutUs) return away
    return responseCode >= 500
      ? { result: 'refused', reason: `the mail server refused the mail (${responseCode})`, detail }
      : { result: 'later', reason: `the mail server did not take the mail yet (${responseCode})`, detail }
  }
  // Not from a server: the mailer cannot build the mail, for instance because of an invalid address.
  if (isAboutMail) return { result: 'refused', reason: 'the mail could not be made', detail }
  if (stage === 'connecting') return away
  return stage === 'addressing'
    ? { result: 'later', reason: 'the mail server did not take the mail yet', detail }
    : { result: 'unclear', reason: 'the mail server has not answered', detail }
}
