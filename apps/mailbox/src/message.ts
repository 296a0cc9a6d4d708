import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser'

/** Names and shapes of Mailpit's `/api/v1`, so that a client written for either works with both. */
export interface Address {
  Name: string
  Address: string
}

export interface AttachmentSummary {
  PartID: string
  FileName: string
  ContentType: string
  ContentID: string
  Size: number
}

export interface Summary {
  ID: string
  MessageID: string
  From: Address | null
  To: Address[]
  Cc: Address[]
  Bcc: Address[]
  ReplyTo: Address[]
  Subject: string
  Created: string
  Size: number
  Attachments: number
  Snippet: string
}

/** A parsed message without its bodies: what stays in memory. */
export interface StoredMessage {
  summary: Summary
  /** The start of the body in lower case, for searching. */
  searchText: string
}

const searchedCharacters = 20_000
const snippetCharacters = 250

const addresses = (header: AddressObject | AddressObject[] | undefined): Address[] =>
  [header ?? []]
    .flat()
    .flatMap(({ value }) => value.flatMap((mailbox) => mailbox.group ?? mailbox))
    .map(({ name, address }) => ({ Name: name, Address: address ?? '' }))

/** Recipients named only in the envelope (RFC 5321, section 3.3), kept by smtp.ts as Delivered-To lines. */
const blindRecipients = (mail: ParsedMail, visible: Address[]): Address[] => {
  const seen = new Set(visible.map(({ Address }) => Address.toLowerCase()))
  return mail.headerLines
    .filter(({ key }) => key === 'delivered-to')
    .map(({ line }) => line.slice(line.indexOf(':') + 1).trim())
    .filter((address) => address !== '' && !seen.has(address.toLowerCase()))
    .map((address) => ({ Name: '', Address: address }))
}

const summarize = (id: string, created: Date, size: number, mail: ParsedMail): Summary => {
  const [to, cc, bcc] = [addresses(mail.to), addresses(mail.cc), addresses(mail.bcc)]
  return {
    ID: id,
    MessageID: (mail.messageId ?? '').replace(/^<|>$/g, ''),
    From: addresses(mail.from)[0] ?? null,
    To: to,
    Cc: cc,
    Bcc: [...bcc, ...blindRecipients(mail, [...to, ...cc, ...bcc])],
    ReplyTo: addresses(mail.replyTo),
    Subject: mail.subject ?? '',
    Created: created.toISOString(),
    Size: size,
    Attachments: mail.attachments.length,
    Snippet: (mail.text ?? '').replace(/\s+/g, ' ').trim().slice(0, snippetCharacters),
  }
}

const parse = (bytes: Buffer): Promise<ParsedMail> => simpleParser(bytes, { skipTextToHtml: true })

/** Any bytes become a message: a mail that cannot be parsed must still be visible. */
export const parseMessage = async (id: string, created: Date, bytes: Buffer): Promise<StoredMessage> => {
  const mail = await parse(bytes)
  return {
    summary: summarize(id, created, bytes.length, mail),
    searchText: (mail.text ?? '').slice(0, searchedCharacters).toLowerCase(),
  }
}

/** The text, the HTML (images of the mail itself as data: URLs) and the attachments of a message. */
export const bodies = async (bytes: Buffer) => {
  const mail = await parse(bytes)
  const summaryOf = (part: ParsedMail['attachments'][number], index: number): AttachmentSummary => ({
    PartID: String(index + 1),
    FileName: part.filename ?? '',
    ContentType: part.contentType,
    ContentID: part.cid ?? '',
    Size: part.size,
  })
  const parts = mail.attachments.map((part, index) => ({ ...summaryOf(part, index), inline: part.related }))
  const shown = ({ inline, ...part }: (typeof parts)[number]) => part
  return {
    Date: mail.date?.toISOString() ?? null,
    Text: mail.text ?? '',
    HTML: mail.html || '',
    Attachments: parts.filter(({ inline }) => !inline).map(shown),
    Inline: parts.filter(({ inline }) => inline).map(shown),
    headers: mail.headerLines,
    content: (partId: string) => mail.attachments[Number(partId) - 1],
  }
}

/** Header fields by name with all their values in order, unfolded (RFC 5322, section 2.2.3). */
export const headerFields = (lines: ParsedMail['headerLines']): Record<string, string[]> => {
  const fields: Record<string, string[]> = Object.create(null)
  for (const { line } of lines) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon)
    const value = line.slice(colon + 1)
    fields[name] ??= []
    fields[name].push(value.replace(/\r?\n(?=[ \t])/g, '').trim())
  }
  return fields
}
