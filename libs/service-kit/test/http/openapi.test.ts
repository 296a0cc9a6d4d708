import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { endpoint, openApiDocument } from '../../src/index.ts'

const about = { title: 'Things', version: '1.0.0', description: 'Things' }
const handle = async () => ({ status: 200 })

test('a named schema appears once, or twice where requests and responses differ', () => {
  const size = z.object({ unit: z.string() }).meta({ id: 'Size' })
  const thing = z.object({ size, count: z.int().default(1) }).meta({ id: 'Thing' })
  const { paths, components } = openApiDocument(
    [
      endpoint({
        ...{ method: 'put', path: '/things/:id', summary: 'Put a thing', access: 'public', handle },
        params: z.object({ id: z.string() }),
        body: thing,
        answers: { 200: thing },
      }),
    ],
    about,
  )
  const put = paths?.['/things/{id}']?.put
  assert.deepEqual(put?.requestBody, {
    required: true,
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
  })
  assert.deepEqual(put?.responses?.['200']?.content, {
    'application/json': { schema: { $ref: '#/components/schemas/ThingOutput' } },
  })
  const { Thing, ThingOutput } = components!.schemas as Record<string, { required?: string[] }>
  assert.deepEqual([Thing?.required, ThingOutput?.required], [['size'], ['size', 'count']])
})

test('parameters, headers, files and streams are described; mesh endpoints are omitted', () => {
  const { paths } = openApiDocument(
    [
      endpoint({
        ...{ method: 'get', path: '/things', summary: 'List things', access: 'user', handle },
        query: z.strictObject({ limit: z.coerce.number().int().max(10).default(5), q: z.string() }),
        headers: ['If-Match'],
        produces: 'text/event-stream',
        answers: { 200: z.string() },
      }),
      endpoint({
        ...{ method: 'post', path: '/things', summary: 'Send a file', access: 'admin', handle },
        file: { types: { 'text/csv': z.string() }, largest: '1mb' },
        body: z.string(),
        answers: { 204: null },
      }),
      endpoint({
        ...{ method: 'get', path: '/inside', summary: 'For services', access: 'mesh', handle },
        answers: { 200: z.object({}) },
      }),
    ],
    about,
  )
  assert.deepEqual(Object.keys(paths!), ['/things'])
  const { get, post } = paths!['/things']!
  assert.deepEqual(
    get?.parameters?.map((each) => 'name' in each && [each.in, each.name, each.required ?? false]),
    [
      ['query', 'limit', false],
      ['query', 'q', true],
      ['header', 'If-Match', false],
    ],
  )
  assert.deepEqual(Object.keys(get?.responses?.['200']?.content ?? {}), ['text/event-stream'])
  assert.deepEqual(get?.security, [{ bearer: [] }])
  assert.deepEqual(Object.keys((post!.requestBody as { content: object }).content), ['text/csv'])
  assert.equal(post?.responses?.['204']?.content, undefined)
  assert.deepEqual(post?.responses?.['422']?.content, {
    'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
  })
})
