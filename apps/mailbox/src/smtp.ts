import { SMTPServer, type SMTPServerSession } from 'smtp-server'

const maxMessageBytes = 25 * 1024 * 1024

/** Milliseconds: long enough for a client to finish its command, short enough that a stop takes less than a second. */
const closeTimeout = 250

/** Trace fields of the delivering server (RFC 5321, section 4.4): sender and recipients, blind copies included. */
const traceLines = ({ envelope }: SMTPServerSession): string => {
  const sender = envelope.mailFrom ? envelope.mailFrom.address : ''
  const recipients = envelope.rcptTo.map(({ address }) => `Delivered-To: ${address}\r\n`)
  return `Return-Path: <${sender}>\r\n${recipients.join('')}`
}

/** An SMTP server that accepts every mail from anyone, with or without a password, and passes its bytes to `keep`. */
export const createSmtpServer = (keep: (message: Buffer) => Promise<string>): SMTPServer =>
  new SMTPServer({
    size: maxMessageBytes,
    authOptional: true,
    allowInsecureAuth: true,
    // No client would trust its certificate: not offered, so that none tries.
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    closeTimeout,
    onAuth: (auth, _session, done) => done(null, { user: auth.username ?? 'anybody' }),
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => {
        if (!stream.sizeExceeded) chunks.push(chunk)
      })
      stream.on('error', done)
      stream.on('end', () => {
        if (stream.sizeExceeded) {
          done(Object.assign(new Error(`Message is larger than ${maxMessageBytes} bytes`), { responseCode: 552 }))
          return
        }
        keep(Buffer.concat([Buffer.from(traceLines(session)), ...chunks])).then(
          (id) => done(null, `Kept as ${id}`),
          (error: Error) => done(Object.assign(error, { responseCode: 451 })),
        )
      })
    },
  })
