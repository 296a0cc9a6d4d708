import type { AssistantDeps } from '../deps.ts'
import { mcpTool } from './mcp-tool.ts'
import type { Offer } from './offer.ts'
import { addPrompts } from './prompts.ts'
import { quickAdd } from './quick-add.ts'
import { addResources, createReader } from './resources.ts'

/** The tools of the catalogue and quick_add, the tasks as resources, and prompts. */
export const offerTasks = (deps: AssistantDeps): Offer => {
  const reader = createReader(deps)
  return {
    tools: [...deps.tools.values(), quickAdd(deps)].map((tool) => mcpTool(deps, tool)),
    addTo: (server, user) => {
      const read = reader(user)
      addResources(server, read)
      addPrompts(server, read)
    },
  }
}
