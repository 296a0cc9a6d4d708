import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { startChatApi } from '../../testing/start-chat-api.ts'

// biome-ignore lint/suspicious/noExplicitAny: a document, inspected part by part
type Json = any

test('the OpenAPI document describes every public route and no others', async (t) => {
  const { anonymous, service } = await startChatApi(t)
  const { status, body } = await anonymous.get('/openapi.json')
  assert.equal(status, 200)
  assert.equal(body.openapi, '3.1.0')
  const described = Object.entries(body.paths as Record<string, Json>).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
  )
  const inner = /^(GET \/(healthz|readyz|metrics|openapi\.json)|(GET|POST) \/(dapr|events|operator)\/)/
  const mounted = service.app.routes().filter((route) => !inner.test(route))
  assert.deepEqual(new Set(described), new Set(mounted))
  const ids = Object.values(body.paths as Record<string, Json>).flatMap((methods) =>
    Object.values(methods as Record<string, Json>).map(({ operationId }) => operationId),
  )
  assert.equal(new Set(ids).size, ids.length, 'duplicate operationId')
})

test('the document is valid OpenAPI 3.1: no dangling references, duplicate operation ids or unused schemas', async (t) => {
  const { anonymous } = await startChatApi(t)
  const { body } = await anonymous.get('/openapi.json')
  // /chat/{id}/stream and /chat/conversations/{id}: an id is a UUID, so no path matches both.
  const config = await createConfig({ extends: ['recommended'], rules: { 'no-ambiguous-paths': 'off' } })
  const lint = async (document: Json) =>
    (await lintFromString({ source: JSON.stringify(document), config })).map(
      ({ ruleId, message, location }) => `${ruleId}: ${message} (${location[0]?.pointer})`,
    )
  assert.deepEqual(await lint(body), [])
  const { Task: _, ...schemas } = body.components.schemas
  assert.match((await lint({ ...body, components: { ...body.components, schemas } })).join(), /no-unresolved-refs/)
})

/** Documents defined by other standards. */
const unnamed = ['GET /asyncapi.json', 'GET /schemas/{id}.json', 'POST /mcp']

test('every response and list item has a named schema, so generated clients have a type for it', async (t) => {
  const { anonymous } = await startChatApi(t)
  const { paths, components } = (await anonymous.get('/openapi.json')).body
  const anonymousAnswers = Object.entries(paths as Record<string, Json>).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Json>).flatMap(([method, { responses }]) => {
      const schemas = Object.entries(responses as Record<string, Json>)
        .filter(([status]) => status.startsWith('2'))
        .flatMap(([, { content = {} }]) => Object.values(content as Record<string, Json>).map(({ schema }) => schema))
      return schemas.some(({ type }) => type === 'object' || type === 'array')
        ? [`${method.toUpperCase()} ${path}`]
        : []
    }),
  )
  assert.deepEqual(anonymousAnswers.sort(), unnamed)
  for (const [name, { properties }] of Object.entries(components.schemas as Record<string, Json>))
    if (properties?.data?.items) assert.ok(properties.data.items.$ref, `an item of ${name}.data has no name`)
})

test('the document declares what is validated: required fields, limits, scopes, problems, named records', async (t) => {
  const { anonymous } = await startChatApi(t)
  const { paths, components } = (await anonymous.get('/openapi.json')).body
  const create = paths['/api/v1/tasks'].post
  assert.deepEqual(create.requestBody.content['application/json'].schema, { $ref: '#/components/schemas/NewTask' })
  const input = components.schemas.NewTask
  assert.deepEqual(input.required, ['title'])
  assert.equal(input.additionalProperties, false)
  assert.equal(input.properties.title.maxLength, 500)
  assert.deepEqual(create.security, [{ bearer: [] }])
  assert.match(create.description, /tasks:write/)
  assert.deepEqual(create.responses['201'].content['application/json'].schema, { $ref: '#/components/schemas/Task' })
  assert.deepEqual(create.responses['422'].content['application/problem+json'].schema, {
    $ref: '#/components/schemas/Problem',
  })
  assert.ok(components.schemas.Task.required.includes('version'))
  assert.deepEqual(paths['/api/v1/auth/login'].post.security, [])
  const text = JSON.stringify({ paths, components })
  for (const [, name] of text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)/g))
    assert.ok(components.schemas[name!], `${name} is referred to and not there`)
  assert.ok(!text.includes('$defs'), 'a nested definition is left')
})

test('events are described as AsyncAPI and by the JSON Schema of each version', async (t) => {
  const { anonymous } = await startChatApi(t)
  assert.equal((await anonymous.get('/asyncapi.json')).body.asyncapi, '3.0.0')
  const { data } = (await anonymous.get('/schemas')).body
  const sent = data.filter(({ type }: Json) => type === 'reminder.sent').map(({ version }: Json) => version)
  assert.deepEqual(sent, ['2.0', '2.1'])
  const { body, headers } = await anonymous.get(data[0].path)
  assert.equal(body.title, data[0].type)
  assert.match(headers.get('content-type')!, /^application\/schema\+json/)
  for (const path of ['/schemas/nothing.1.0.json', '/schemas/..%2F..%2Fpackage.json'])
    assert.equal((await anonymous.get(path)).status, 404)
})

test('the reference page loads only from this origin, as its policy requires', async (t) => {
  const { service } = await startChatApi(t)
  const page = await fetch(`${service.url}/docs`)
  assert.match(page.headers.get('content-type')!, /^text\/html/)
  assert.match(page.headers.get('content-security-policy')!, /script-src 'self'/)
  assert.match(page.headers.get('content-security-policy')!, /base-uri 'none'.*frame-ancestors 'none'/)
  const text = await page.text()
  assert.ok(!/https?:\/\//.test(text), 'loads from another origin')
  for (const [, path] of text.matchAll(/(?:href|src)="([^"]+)"/g)) {
    const part = await fetch(`${service.url}${path}`)
    assert.equal(part.status, 200, `${path}`)
    assert.match(part.headers.get('content-type')!, path!.endsWith('.css') ? /^text\/css/ : /^text\/javascript/)
  }
  assert.equal((await fetch(`${service.url}/docs/package.json`)).status, 404)
})
