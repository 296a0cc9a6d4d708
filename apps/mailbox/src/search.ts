import type { Address, StoredMessage } from './message.ts'

type Test = (message: StoredMessage, isRead: boolean) => boolean

const named = (people: (Address | null)[], text: string) =>
  people.some((person) => person && `${person.Name} <${person.Address}>`.toLowerCase().includes(text))

/** The filters of Mailpit's search that tests and people at this page need. */
const filters: Record<string, (text: string) => Test> = {
  from: (text) => (message) => named([message.summary.From], text),
  to: (text) => (message) => named(message.summary.To, text),
  cc: (text) => (message) => named(message.summary.Cc, text),
  bcc: (text) => (message) => named(message.summary.Bcc, text),
  'reply-to': (text) => (message) => named(message.summary.ReplyTo, text),
  addressed:
    (text) =>
    ({ summary }) =>
      named([summary.From, ...summary.To, ...summary.Cc, ...summary.Bcc, ...summary.ReplyTo], text),
  subject: (text) => (message) => message.summary.Subject.toLowerCase().includes(text),
  'message-id': (text) => (message) => message.summary.MessageID.toLowerCase().includes(text.replace(/^<|>$/g, '')),
  is: (text) => (_message, isRead) => (text === 'read' ? isRead : text === 'unread' && !isRead),
  has: (text) => (message) => /^attachments?$/.test(text) && message.summary.Attachments > 0,
}

const anywhere =
  (text: string): Test =>
  (message) =>
    filters.addressed!(text)(message, false) ||
    filters.subject!(text)(message, false) ||
    message.searchText.includes(text)

const term = /(-|!)?(?:([a-z-]+):)?(?:"([^"]*)"|(\S+))/g

/** A test that holds when every term does: `word`, `"a phrase"`, `subject:word`, `to:someone@example.org`, `-not`. */
export const searchTest = (query: string): Test => {
  const terms = [...query.toLowerCase().matchAll(term)].map(([whole, not, name, phrase, word]): Test => {
    const text = phrase ?? word ?? ''
    const filter = name === undefined ? anywhere : Object.hasOwn(filters, name) ? filters[name]! : undefined
    const test = filter ? filter(text) : anywhere(whole)
    return not ? (message, isRead) => !test(message, isRead) : test
  })
  return (message, isRead) => terms.every((test) => test(message, isRead))
}
