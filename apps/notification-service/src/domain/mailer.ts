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
  /** Where a mail program unsubscribes its user by one POST (RFC 8058). */
  unsubscribe_url: string
  attachments: { filename: string; content: string; contentType: string }[]
}

/** Hands mails to a mail server. */
export interface Mailer {
  /** At most `mailConnections` at once. `stopping` ends it early: at once before the mail is handed over, else soon. */
  send(mail: Mail, stopping: AbortSignal): Promise<Outcome>
  close(): void
}

export const mailConnections = 8

const second = 1_000

/** How long to wait for the mail server, in milliseconds. */
export const patience = {
  connect: 10 * second,
  greeting: 10 * second,
  /** Until it asks for the mail. */
  handshake: 60 * second,
  /** For its answer to a whole mail. RFC 5321, section 4.5.3.2.6, wants ten minutes: sending again doubles mails. */
  answer: 600 * second,
  /** The same when the service is about to stop. */
  lastWords: 5 * second,
}

export const createMailer = (options: { url: string; from: Mailbox; patience?: typeof patience }): Mailer => {
  const { url, from } = options
  const times = options.patience ?? patience
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: mailConnections,
    // Once over a new connection when the server has closed an idle one; what fails then goes back to the ledger.
    maxRequeues: 1,
    connectionTimeout: times.connect,
    dnsTimeout: times.connect,
    greetingTimeout: times.greeting,
    socketTimeout: times.answer,
    // What users write into a task must never make the mailer read a file or fetch an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  // The stream of a mail is made when there is a session, and read from when the server has asked for the mail (354).
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
      setTimeout(() => isHandedOver() || end('the mail server did not ask for the mail in time'), times.handshake),
      setTimeout(() => end('the mail server did not answer in time'), times.handshake + times.answer),
    ]
    const onStopping = () => {
      if (isHandedOver()) timers.push(setTimeout(() => end('this service is stopping'), times.lastWords))
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
        list: { unsubscribe: { url: unsubscribe_url, comment: '' } },
        headers: { 'Auto-Submitted': 'auto-generated', 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
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
  /** ENVELOPE, MESSAGE: an answer about this mail; others are about the connection. */
  code?: string
  responseCode?: number
}

/** A daily quota that is used up, which Gmail tells as if it were for good (550 5.4.5). */
const quotaExceeded = /\b5\.4\.5\b/

/** What a failure means for the mail: SMTP 5yz is for good, 4yz for now (RFC 5321, section 4.2.1). */
const failure = (error: SmtpError, stage: 'connecting' | 'addressing' | 'handed over'): Outcome => {
  const { message: reason, code, responseCode } = error
  const isAboutMail = code === 'EENVELOPE' || code === 'EMESSAGE'
  if (responseCode !== undefined) {
    const isAboutUs = !isAboutMail || responseCode === 421 || quotaExceeded.test(reason)
    if (isAboutUs) return { result: 'server away', reason }
    return { result: responseCode >= 500 ? 'refused' : 'later', reason }
  }
  // No server said this: the mailer itself cannot write such a mail, because of an address it cannot read, for instance.
  if (isAboutMail) return { result: 'refused', reason }
  if (stage === 'connecting') return { result: 'server away', reason }
  return { result: stage === 'addressing' ? 'later' : 'unclear', reason }
}
