import http from 'node:http'
import type { TestContext } from 'node:test'
import { setImmediate as next } from 'node:timers/promises'

/** A tool call by the model; a string input is sent as it is. */
export interface ScriptedCall {
  name: string
  input: object | string
}

/** One response of the model. */
export interface Reply {
  status?: number
  headers?: Record<string, string>
  body: string
  /** Bytes per chunk; by default everything is sent at once. */
  pieces?: number
  /** How the response ends: left open, or the connection is cut. By default it ends normally. */
  instead?: 'hang' | 'cut'
}

/** A request to the model. */
export interface ModelRequest {
  authorization: string | undefined
  model: string
  max_tokens?: number
  messages: { role: string; content?: unknown; tool_calls?: unknown[]; tool_call_id?: string }[]
  tools: { function: { name: string; parameters: Record<string, unknown> } }[]
}

const chunk = (delta: object, finish_reason: string | null = null) =>
  `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'scripted', choices: [{ index: 0, delta, finish_reason }] })}\n\n`

const usage = (total: number) =>
  `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'scripted', choices: [], usage: { prompt_tokens: total - 1, completion_tokens: 1, total_tokens: total } })}\n\n`

const done = 'data: [DONE]\n\n'

/** A text, a few letters at a time. */
export const says = (
  text: string,
  rest: Omit<Partial<Reply>, 'body'> & { finish?: string; tokens?: number; letters?: number } = {},
): Reply => {
  const { finish = 'stop', tokens = 10, letters = 4, ...reply } = rest
  const deltas = [...text.matchAll(new RegExp(`[^]{1,${letters}}`, 'gu'))].map(([content]) => chunk({ content }))
  return {
    ...reply,
    body: [chunk({ role: 'assistant', content: '' }), ...deltas, chunk({}, finish), usage(tokens), done].join(''),
  }
}

/** A text that is cut off. */
export const breaksOff = (text: string, instead: 'hang' | 'cut' | undefined): Reply => ({
  body: chunk({ role: 'assistant', content: text }),
  ...(instead ? { instead } : {}),
})

/** Tool calls whose input arrives in fragments split anywhere. */
export const calls = (
  wanted: ScriptedCall[],
  rest: Omit<Partial<Reply>, 'body'> & { finish?: string; tokens?: number; text?: string } = {},
): Reply => {
  const { finish = 'tool_calls', tokens = 10, text, ...reply } = rest
  const id = crypto.randomUUID()
  const parts = wanted.flatMap(({ name, input }, index) => {
    const all = typeof input === 'string' ? input : JSON.stringify(input)
    const begin = { index, id: `call_${id}_${index}`, type: 'function', function: { name, arguments: '' } }
    const fragments = [...all.matchAll(/[\s\S]{1,7}/gu)].map(([text]) => ({ index, function: { arguments: text } }))
    return [begin, ...fragments].map((each) => chunk({ tool_calls: [each] }))
  })
  const said = text === undefined ? [] : [chunk({ content: text })]
  return {
    ...reply,
    body: [chunk({ role: 'assistant', content: null }), ...said, ...parts, chunk({}, finish), usage(tokens), done].join(
      '',
    ),
  }
}

export const fails = (status: number, headers: Record<string, string> = {}, message = 'no'): Reply => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify({ error: { message, type: 'error', code: null } }),
})

/** A response with any body. */
export const garbage = (body: string, headers: Record<string, string> = {}): Reply => ({ headers, body })

type Script = (request: ModelRequest) => Reply | undefined | Promise<Reply | undefined>

/**
 * A server with the OpenAI API that follows a script: a list of replies, or a function of the request. It sends no
 * response when the reply is `undefined`.
 */
export const startScriptedModel = async (t: Pick<TestContext, 'after'>) => {
  const requests: ModelRequest[] = []
  let script: Script = () => says('I have nothing to say.')
  const server = http.createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part)
    const body = JSON.parse(Buffer.concat(parts).toString())
    const modelRequest: ModelRequest = { ...body, authorization: request.headers.authorization }
    requests.push(modelRequest)
    const reply = await script(modelRequest)
    if (!reply) return
    response.on('error', () => {})
    response.writeHead(reply.status ?? 200, { 'content-type': 'text/event-stream', ...reply.headers })
    const bytes = Buffer.from(reply.body)
    const size = reply.pieces ?? bytes.length
    for (let at = 0; at < bytes.length; at += size) {
      response.write(bytes.subarray(at, at + size))
      if (reply.pieces) await next()
    }
    if (reply.instead === 'hang') return
    if (reply.instead === 'cut') await new Promise((sent) => response.write('', sent)).then(() => response.destroy())
    else response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    /** The settings of a service that uses it. */
    env: {
      OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`,
      OPENAI_API_KEY: 'sk-scripted-secret',
      OPENAI_MODEL: 'scripted',
    },
    requests,
    script: (replies: (Reply | undefined)[] | Script) => {
      if (typeof replies === 'function') script = replies
      else {
        const rest = [...replies]
        script = () => (rest.length > 0 ? rest.shift() : says('That is all.'))
      }
    },
  }
}

/** The tool outputs in a request. */
export const toolAnswers = ({ messages }: ModelRequest): string[] =>
  messages.filter(({ role }) => role === 'tool').map(({ content }) => String(content))
