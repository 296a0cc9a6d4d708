import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readOptions } from '@taskflow/command-line'
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript'
import ts from 'typescript'

const usage = `npm run generate:api-types

Writes apps/console/src/api/openapi.d.ts from the OpenAPI document of chat-api.

  --help   this text`

export const file = join(import.meta.dirname, 'src/api/openapi.d.ts')

const nothing = ts.factory.createKeywordTypeNode(ts.SyntaxKind.UndefinedKeyword)

/** The types of the interface as chat-api describes it now. */
export const apiTypes = async (): Promise<string> => {
  const print = join(import.meta.dirname, '../chat-api/src/print-openapi.ts')
  const document: OpenAPI3 = JSON.parse(execFileSync(process.execPath, [print], { encoding: 'utf8', maxBuffer: 1e8 }))
  const types = await openapiTS(asUsedHere(document), {
    alphabetize: true,
    // A field with a default may be left out of a request.
    defaultNonNullable: false,
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
    // OpenAPI cannot say what the AI SDK knows of the parts of a message.
    inject: `import type { UIMessage } from 'ai'
type ChatUIMessage = UIMessage<MessageFacts, { action: ChatAction; notice: { text: string } }>`,
    transform: (_, { path }) =>
      path === '#/components/schemas/ChatMessage' ? ts.factory.createTypeReferenceNode('ChatUIMessage') : undefined,
    // openapi-fetch leaves out what is undefined.
    postTransform: (type, { path = '' }) =>
      /\/parameters\/query\/[^/]+$/.test(path) ? ts.factory.createUnionTypeNode([type, nothing]) : undefined,
  })
  return `// Written by \`npm run generate:api-types\`; a test finds it when it is old.\n\n${astToString(types)}`
}

/** Below /api/v1, and answers of success only: every problem is thrown (send.ts). */
const asUsedHere = ({ paths = {}, ...document }: OpenAPI3): OpenAPI3 => ({
  ...document,
  paths: Object.fromEntries(
    Object.entries(paths).flatMap(([path, methods]) => {
      if (!path.startsWith('/api/v1/')) return []
      const operations = Object.entries(methods).map(([method, { responses, ...operation }]) => [
        method,
        { ...operation, responses: Object.fromEntries(Object.entries(responses).filter(([status]) => status < '300')) },
      ])
      return [[path.replace('/api/v1', ''), Object.fromEntries(operations)]]
    }),
  ),
})

if (import.meta.main) {
  readOptions(usage, {})
  writeFileSync(file, await apiTypes())
}
