import type { startChatApi } from './start-chat-api.ts'

type Api = Awaited<ReturnType<typeof startChatApi>>

/** Downloads and uploads files as raw text. */
export const filesOf = ({ service }: Api, token?: string) => {
  const authorization: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {}
  const fetchText = async (path: string, init: RequestInit) => {
    const answer = await fetch(path.startsWith('http') ? path : service.url + path, init)
    return { status: answer.status, headers: answer.headers, text: await answer.text() }
  }
  return {
    get: (path: string, headers: Record<string, string> = {}) =>
      fetchText(path, { headers: { ...authorization, ...headers } }),
    export: async (format = 'json') =>
      (await fetchText(`/api/v1/export?format=${format}`, { headers: authorization })).text,
    import: async (type: string, text: string | Uint8Array<ArrayBuffer>, query = '') => {
      const headers = { ...authorization, 'content-type': type }
      const answer = await fetchText(`/api/v1/import${query}`, { method: 'POST', headers, body: text })
      return { status: answer.status, headers: answer.headers, body: JSON.parse(answer.text) }
    },
  }
}
