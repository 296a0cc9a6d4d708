import { type CallToolResult, fromJsonSchema, type McpServer, ResourceTemplate } from '@modelcontextprotocol/server'
import { Problem } from '@taskflow/service-kit'
import { z } from 'zod'
import { mcpTool } from '../../../src/assistant/mcp/mcp-tool.ts'
import type { McpTool, Offer } from '../../../src/assistant/mcp/offer.ts'
import { readTool, type Tool } from '../../../src/assistant/tools/tool.ts'
import type { Deps } from '../../../src/deps.ts'

/** One red pixel, and an empty sound. */
const image = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=='
const audio = 'UklGRiQAAABXQVZFZm10IBAAAAABAAEARKwAAIhYAQACABAAZGF0YQAAAAA='

const picture = { type: 'image' as const, data: image, mimeType: 'image/png' }
const resource = (uri: string, text: string, mimeType = 'text/plain') => ({
  type: 'resource' as const,
  resource: { uri, mimeType, text },
})
const text = (text: string) => ({ type: 'text' as const, text })

/** A tool like those of the catalogue. */
const catalogued = (name: string, run: (onProgress?: (done: number, total: number) => void) => void): Tool =>
  readTool({
    name,
    title: name,
    description: 'A fixture of the conformance suite.',
    isIdempotent: true,
    input: z.strictObject({}),
    output: z.object({ said: z.string() }),
    run: async (_deps, _input, { onProgress }) => {
      run(onProgress)
      return { said: 'This is a simple text response for testing.' }
    },
  })

/** A tool with kinds of content that the catalogue does not use. */
const showing = (name: string, content: CallToolResult['content'], inputSchema: object = {}): McpTool => ({
  definition: {
    name,
    description: 'A fixture of the conformance suite.',
    inputSchema: { type: 'object', ...inputSchema },
  },
  isFor: () => true,
  call: async () => ({ content }),
})

/** The tools, resources and prompts that the official scenarios use by name. */
export const withFixtures = (offer: Offer, deps: Deps): Offer => ({
  tools: [
    ...offer.tools,
    mcpTool(
      deps,
      catalogued('test_simple_text', () => {}),
    ),
    mcpTool(
      deps,
      catalogued('test_error_handling', () => {
        throw new Problem('conflict', 'This tool intentionally returns an error for testing')
      }),
    ),
    mcpTool(
      deps,
      catalogued('test_tool_with_progress', (onProgress) => {
        for (const done of [0, 50, 100]) onProgress?.(done, 100)
      }),
    ),
    showing('test_image_content', [picture]),
    showing('test_audio_content', [{ type: 'audio', data: audio, mimeType: 'audio/wav' }]),
    showing('test_embedded_resource', [resource('test://embedded-resource', 'This is an embedded resource content.')]),
    showing('test_multiple_content_types', [
      text('Multiple content types test:'),
      picture,
      resource('test://mixed-content-resource', '{"test":"data","value":123}', 'application/json'),
    ]),
    showing('json_schema_2020_12_tool', [], {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $defs: {
        address: { type: 'object', properties: { street: { type: 'string' }, city: { type: 'string' } } },
      },
      properties: { name: { type: 'string' }, address: { $ref: '#/$defs/address' } },
      additionalProperties: false,
    }),
  ],
  addTo: (server, user) => {
    offer.addTo(server, user)
    addResources(server)
    addPrompts(server)
  },
})

const addResources = (server: McpServer) => {
  const about = { description: 'A fixture of the conformance suite' }
  server.registerResource('static-text', 'test://static-text', about, ({ href: uri }) => ({
    contents: [{ uri, mimeType: 'text/plain', text: 'This is the content of the static text resource.' }],
  }))
  server.registerResource('static-binary', 'test://static-binary', about, ({ href: uri }) => ({
    contents: [{ uri, mimeType: 'image/png', blob: image }],
  }))
  const template = new ResourceTemplate('test://template/{id}/data', { list: undefined })
  server.registerResource('template', template, about, ({ href: uri }, { id }) => ({
    contents: [{ uri, mimeType: 'application/json', text: JSON.stringify({ id, data: `Data for ID: ${id}` }) }],
  }))
}

const addPrompts = (server: McpServer) => {
  const description = 'A fixture of the conformance suite'
  const strings = (...names: string[]) =>
    fromJsonSchema<Record<string, string>>({
      type: 'object',
      properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
      required: names,
    })
  const user = (...contents: (ReturnType<typeof text> | ReturnType<typeof resource> | typeof picture)[]) => ({
    messages: contents.map((content) => ({ role: 'user' as const, content })),
  })
  server.registerPrompt('test_simple_prompt', { description }, () => user(text('This is a simple prompt for testing.')))
  server.registerPrompt(
    'test_prompt_with_arguments',
    { description, argsSchema: strings('arg1', 'arg2') },
    ({ arg1, arg2 }) => user(text(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`)),
  )
  server.registerPrompt(
    'test_prompt_with_embedded_resource',
    { description, argsSchema: strings('resourceUri') },
    ({ resourceUri }) =>
      user(
        resource(resourceUri!, 'Embedded resource content for testing.'),
        text('Please process the embedded resource above.'),
      ),
  )
  server.registerPrompt('test_prompt_with_image', { description }, () =>
    user(picture, text('Please analyze the image above.')),
  )
}
