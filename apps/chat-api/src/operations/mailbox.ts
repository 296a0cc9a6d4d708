import { Problem } from '@taskflow/service-kit'
import { z } from 'zod'

/** A mail that was caught instead of sent. */
export interface CaughtMail {
  id: string
  from: string | null
  to: string[]
  subject: string
  created: string
  size: number
}

/** Mailpit's API, which the local mailbox has too (apps/mailbox). */
export interface Mailbox {
  list(options: { start: number; limit: number }): Promise<{ total: number; data: CaughtMail[] }>
  /** Problem 404. */
  show(id: string): Promise<Omit<CaughtMail, 'size' | 'created'> & { date: string; text: string; html: string }>
}

const timeout = 5_000
const largestMail = 5_242_880

const address = z.object({ Address: z.string() })
const summary = z.object({
  ID: z.string(),
  From: address.nullable(),
  To: z.array(address).nullable(),
  Subject: z.string(),
})
const list = z.object({
  total: z.int(),
  messages: z.array(summary.extend({ Created: z.string(), Size: z.int() })),
})
const message = summary.extend({ Date: z.string(), Text: z.string(), HTML: z.string() })

const mailOf = ({ ID: id, From, To, Subject: subject }: z.infer<typeof summary>) => ({
  id,
  subject,
  from: From?.Address ?? null,
  to: (To ?? []).map(({ Address }) => Address),
})

/** Without an address there is no mailbox, and every call is Problem 404. */
export const createMailbox = (url: string | undefined, largest = largestMail): Mailbox => {
  const ask = async <T>(path: string, schema: z.ZodType<T>): Promise<T> => {
    if (url === undefined) {
      throw new Problem('not-found', 'mail is not caught here: MAILBOX_URL is not set, mails go to the mail server')
    }
    try {
      const answer = await fetch(new URL(path, url), { signal: AbortSignal.timeout(timeout), redirect: 'error' })
      if (answer.status === 404) throw new Problem('not-found', 'there is no such mail any more')
      if (!answer.ok) throw new Error(`the mailbox answers ${answer.status}`)
      return schema.parse(JSON.parse(await textOf(answer, largest)))
    } catch (error) {
      if (error instanceof Problem) throw error
      throw new Problem('service-unavailable', 'the mailbox at MAILBOX_URL does not answer as one', { cause: error })
    }
  }
  return {
    list: async ({ start, limit }) => {
      const { total, messages } = await ask(`/api/v1/messages?start=${start}&limit=${limit}`, list)
      return { total, data: messages.map((each) => ({ ...mailOf(each), created: each.Created, size: each.Size })) }
    },
    show: async (id) => {
      const shown = await ask(`/api/v1/message/${encodeURIComponent(id)}`, message)
      return { ...mailOf(shown), date: shown.Date, text: shown.Text, html: shown.HTML }
    },
  }
}

const textOf = async ({ body }: Response, largest: number): Promise<string> => {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body ?? []) {
    size += chunk.length
    if (size > largest)
      throw new Problem('too-large', `the mail is larger than ${largest} bytes; open it in the mailbox`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}
