import { bodies, type Summary } from './message.ts'
import type { Answer, Request } from './request.ts'
import { searchTest } from './search.ts'
import type { Store } from './store.ts'

const defaultLimit = 50

const wholeNumber = (text: string | null, otherwise: number) => (text && /^\d+$/.test(text) ? Number(text) : otherwise)

const summaryOf = async (store: Store, id: string) => {
  const message = await store.get(id)
  return message && { Read: store.isRead(id), Tags: [], ...message.summary }
}

const matching = async (store: Store, query: string): Promise<string[]> => {
  const test = searchTest(query)
  const ids = store.ids()
  const messages = await Promise.all(ids.map((id) => store.get(id)))
  return ids.filter((id, index) => messages[index] && test(messages[index], store.isRead(id)))
}

/** `?start=&limit=`, newest first; with `?query=` (see search.ts) only what matches, counted in `messages_count`. */
export const listMessages = async ({ store, query }: Request): Promise<Answer> => {
  const start = wholeNumber(query.get('start'), 0)
  const limit = wholeNumber(query.get('limit'), defaultLimit)
  const found = query.get('query') ? await matching(store, query.get('query')!) : store.ids()
  const messages = await Promise.all(found.slice(start, start + limit).map((id) => summaryOf(store, id)))
  const present = messages.filter((message) => message !== null)
  return {
    body: {
      total: store.ids().length,
      unread: store.unread(),
      count: present.length,
      messages_count: found.length,
      messages_unread: found.filter((id) => !store.isRead(id)).length,
      start,
      tags: [],
      messages: present,
    },
  }
}

/** One message with its bodies; `latest` is the newest one. Showing it marks it as read. */
export const showMessage = async ({ store, path }: Request): Promise<Answer | null> => {
  const id = path[0] === 'latest' ? store.ids()[0] : path[0]
  const [message, bytes] = id ? await Promise.all([store.get(id), store.raw(id)]) : []
  if (!id || !message || !bytes) return null
  store.markRead(id)
  const { Created, Snippet, Attachments: _count, ...summary }: Summary = message.summary
  const { headers, content: _content, ...shown } = await bodies(bytes)
  const returnPath = headers.find(({ key }) => key === 'return-path')?.line ?? ''
  return {
    body: {
      ...summary,
      ReturnPath: returnPath.replace(/^[^:]*:\s*<?|>?\s*$/g, ''),
      Tags: [],
      ...shown,
      Date: shown.Date ?? Created,
    },
  }
}

/** `{"IDs": [...]}` removes those, no body (or no IDs) removes all. */
export const removeMessages = async ({ store, json }: Request): Promise<Answer> => {
  const { IDs } = ((await json()) ?? {}) as { IDs?: unknown }
  if (IDs !== undefined && !(Array.isArray(IDs) && IDs.every((id) => typeof id === 'string'))) {
    throw new SyntaxError('IDs must be a list of message IDs')
  }
  const present = store.ids()
  await store.remove(IDs?.length ? present.filter((id) => IDs.includes(id)) : present)
  return { type: 'text/plain; charset=utf-8', body: 'ok' }
}
