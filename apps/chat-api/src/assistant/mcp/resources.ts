import {
  type McpServer,
  ProtocolError,
  ProtocolErrorCode,
  ResourceNotFoundError,
  ResourceTemplate,
  type ServerContext,
} from '@modelcontextprotocol/server'
import { Problem } from '@taskflow/service-kit'
import type { AssistantDeps } from '../deps.ts'
import { runTool } from '../tools/run-tool.ts'
import { explainError } from './explain-error.ts'
import type { User } from './offer.ts'

const mimeType = 'application/json'

const agendas = {
  today: 'What is due today, and what is overdue',
  week: 'What is due within seven days from today, and what is overdue',
  overdue: 'What is overdue',
}
export type AgendaRange = keyof typeof agendas

/** The call of a reading tool whose output is the resource. */
export interface Reading {
  tool: string
  input: Record<string, unknown>
}

export const agendaOf = (range: AgendaRange) => ({
  uri: `agenda://${range}`,
  reading: { tool: 'agenda', input: { range } },
})

/** Reads resources of a user with the reading tools. */
export const createReader =
  (deps: AssistantDeps) =>
  (user: User) =>
  async (uri: string, { tool, input }: Reading, { mcpReq: { signal } }: ServerContext) => {
    try {
      const { output } = await runTool(deps, deps.tools.get(tool)!, input, { ...user, signal })
      return { uri, mimeType, text: JSON.stringify(output) }
    } catch (error) {
      if (signal.aborted) throw error
      if (error instanceof Problem && isUnknown(error)) throw new ResourceNotFoundError(uri)
      throw new ProtocolError(
        ProtocolErrorCode.InternalError,
        explainError(error, deps.log, { uri, origin: user.origin }),
      )
    }
  }
export type Read = ReturnType<ReturnType<typeof createReader>>

/** The id is malformed, unknown or somebody else's. */
const isUnknown = ({ problem }: Problem): boolean => problem === 'not-found' || problem === 'invalid'

/** Adds tasks, agendas and audit trails to a server. */
export const addResources = (server: McpServer, read: Read): void => {
  for (const [range, description] of Object.entries(agendas)) {
    const { uri, reading } = agendaOf(range as AgendaRange)
    server.registerResource(
      `agenda-${range}`,
      uri,
      { title: description, description, mimeType },
      async (_, context) => ({
        contents: [await read(uri, reading, context)],
      }),
    )
  }
  addTemplate('task', 'task://{id}', 'A task with all its fields', (id) => ({ tool: 'get_task', input: { id } }))
  addTemplate('audit-trail', 'audit://task/{id}', 'What happened to a task, newest first', (id) => ({
    tool: 'audit_trail',
    input: { task_id: id, limit: 100 },
  }))

  function addTemplate(name: string, template: string, description: string, readingOf: (id: string) => Reading) {
    const metadata = { title: description, description, mimeType }
    server.registerResource(
      name,
      new ResourceTemplate(template, { list: undefined }),
      metadata,
      async ({ href }, { id }, context) => ({ contents: [await read(href, readingOf(String(id)), context)] }),
    )
  }
}
