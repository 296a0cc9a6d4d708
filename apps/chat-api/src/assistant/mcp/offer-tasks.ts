import type { AssistantDeps } from '../deps.ts'
import { createTools } from '../tools/catalogue.ts'
import { mcpTool } from './mcp-tool.ts'
import type { Offer } from './offer.ts'
import { addPrompts } from './prompts.ts'
import { addResources, createReader } from './resources.ts'

/** The tools of the catalogue, the tasks as resources, and prompts. */
export const offerTasks = (deps: AssistantDeps): Offer => {
  const tools = createTools(deps)
  const reader = createReader(tools, deps.log)
  return {
    tools: [...tools.values()].map((tool) => mcpTool(tool, deps.log)),
    addTo: (server, user) => {
      const read = reader(user)
      addResources(server, read)
      addPrompts(server, read)
    },
  }
}
