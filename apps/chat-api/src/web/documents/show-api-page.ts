import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { endpoint, Problem } from '@taskflow/service-kit'
import { z } from 'zod'

const library = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
const types = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' }

const page = `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <title>TaskFlow API</title>
  <link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
  <main id="api"></main>
  <script src="/docs/swagger-ui-bundle.js"></script>
  <script src="/docs/start.js"></script>
</body>
</html>
`
const start = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#api', deepLinking: true, persistAuthorization: false })\n`

/** A page to read and try the interface; all of it comes from here. */
export const showApiPage = () => {
  const file = (name: string) => readFileSync(join(library, name), 'utf8')
  const files: Record<string, string> = {
    'swagger-ui.css': file('swagger-ui.css'),
    'swagger-ui-bundle.js': file('swagger-ui-bundle.js'),
    'start.js': start,
  }
  return [
    endpoint({
      method: 'get',
      path: '/docs',
      summary: 'Read and try this interface in a page',
      access: 'public',
      produces: 'text/html',
      answers: { 200: z.string() },
      handle: async () => ({ status: 200, body: page, headers: { 'content-type': 'text/html; charset=utf-8' } }),
    }),
    endpoint({
      method: 'get',
      path: '/docs/:file',
      summary: 'Get a part of that page',
      access: 'public',
      params: z.object({ file: z.string().max(100) }),
      produces: 'text/javascript',
      answers: { 200: z.string() },
      handle: async ({ params }) => {
        const body = Object.hasOwn(files, params.file) ? files[params.file]! : undefined
        if (body === undefined) throw new Problem('not-found', 'there is nothing at this address')
        const type = types[params.file.endsWith('.css') ? 'css' : 'js']
        return { status: 200, body, headers: { 'content-type': type, 'cache-control': 'public, max-age=3600' } }
      },
    }),
  ]
}
