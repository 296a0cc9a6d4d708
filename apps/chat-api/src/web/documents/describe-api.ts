import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Endpoint, endpoint, openApiDocument } from '@taskflow/service-kit'
import { z } from 'zod'
import { writtenOnce } from './written-once.ts'

const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8'))

/** The interface of these endpoints, described from the schemas that check them. */
export const describeApi = (endpoints: Endpoint[]) => {
  const document = openApiDocument(endpoints, {
    title: 'TaskFlow',
    version,
    description: 'Tasks that recur, reminders that arrive. Every problem is application/problem+json (RFC 9457).',
  })
  const answer = writtenOnce(document)
  return endpoint({
    method: 'get',
    path: '/openapi.json',
    summary: 'This interface as OpenAPI 3.1',
    access: 'public',
    answers: { 200: z.record(z.string(), z.unknown()) },
    handle: async () => answer,
  })
}
