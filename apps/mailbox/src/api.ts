import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { isOwnHost } from './host.ts'
import { listMessages, removeMessages, showMessage } from './messages.ts'
import { contentOf, headersOf, pageFile, rawOf, viewOf } from './parts.ts'
import type { Answer, Request } from './request.ts'
import type { Store } from './store.ts'

type Route = [method: string, path: RegExp, handle: (request: Request) => Promise<Answer | null> | Answer | null]

const idPattern = '([A-Za-z0-9]+)'
const at = (path: string) => new RegExp(`^${path}$`)
const ok = (): Answer => ({ body: { status: 'ok' } })

/** Every route of the mailbox; all but the page are Mailpit's. `null` means there is no such message. */
const routes: Route[] = [
  ['GET', at('/api/v1/messages'), listMessages],
  ['DELETE', at('/api/v1/messages'), removeMessages],
  ['GET', at('/api/v1/search'), listMessages],
  ['GET', at(`/api/v1/message/${idPattern}`), showMessage],
  ['GET', at(`/api/v1/message/${idPattern}/headers`), headersOf],
  ['GET', at(`/api/v1/message/${idPattern}/raw`), rawOf],
  ['GET', at(`/api/v1/message/${idPattern}/part/(\\d+)`), contentOf],
  ['GET', at(`/view/${idPattern}\\.html`), viewOf],
  ['GET', at('/livez'), ok],
  ['GET', at('/readyz'), ok],
  ['GET', at('/(|page\\.css|page\\.js)'), pageFile],
]

const maxBodyLength = 1024 * 1024

const readJson = async (message: IncomingMessage): Promise<unknown> => {
  let text = ''
  for await (const chunk of message.setEncoding('utf8')) {
    text += chunk
    if (text.length > maxBodyLength) throw new SyntaxError('The body is too long')
  }
  return text.trim() === '' ? {} : JSON.parse(text)
}

const problem = (status: number, text: string): Answer => ({ status, body: { Error: text } })

const answerTo = async (store: Store, message: IncomingMessage, allowedHosts: string[]): Promise<Answer> => {
  const url = new URL(message.url ?? '/', 'http://mailbox')
  const isProbe = url.pathname === '/livez' || url.pathname === '/readyz'
  if (!isProbe && !isOwnHost(message.headers.host, allowedHosts)) {
    return problem(403, 'That is not a name of this mailbox: use localhost, or add it to MAIL_ALLOWED_HOSTS')
  }
  const method = message.method === 'HEAD' ? 'GET' : message.method
  const here = routes.filter(([, path]) => path.test(url.pathname))
  if (here.length === 0) return problem(404, `Nothing is at ${url.pathname}`)
  const route = here.find(([allowed]) => allowed === method)
  if (!route) return problem(405, `Only ${here.map(([allowed]) => allowed).join(', ')} is possible here`)
  const path = route[1].exec(url.pathname)!.slice(1)
  const answer = await route[2]({ store, path, query: url.searchParams, json: () => readJson(message) })
  return answer ?? problem(404, 'There is no such message')
}

const send = (response: ServerResponse, { status = 200, type, headers, body }: Answer) => {
  const bytes = type ? (body as string | Buffer) : JSON.stringify(body)
  response.writeHead(status, {
    'content-type': type ?? 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(bytes),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    ...headers,
  })
  response.end(bytes)
}

/** Mailpit's HTTP API and the page, over the messages of `store`, for requests to our own names. */
export const createApi =
  (store: Store, { allowedHosts }: { allowedHosts: string[] }): RequestListener =>
  async (message, response) => {
    try {
      send(response, await answerTo(store, message, allowedHosts))
    } catch (error) {
      const { name, message: text } = error as Error
      send(response, problem(name === 'SyntaxError' ? 400 : 500, text))
    }
  }
