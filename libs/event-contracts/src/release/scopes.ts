import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { Scopes } from './asyncapi.ts'

/** Who publishes and who subscribes, as configured for Dapr (dapr/components/kafka-pubsub.yaml). */
export const readScopes = (): Scopes => {
  const file = join(import.meta.dirname, '../../../../dapr/components/kafka-pubsub.yaml')
  const { spec } = parse(readFileSync(file, 'utf8')) as { spec: { metadata: { name: string; value?: string }[] } }
  const scopes = (name: string): Record<string, string[]> =>
    Object.fromEntries(
      spec.metadata
        .find((each) => each.name === name)!
        .value!.split(';')
        .map((entry) => {
          const [service, topics] = entry.split('=')
          return [service!.trim(), topics!.split(',').map((topic) => topic.trim())]
        }),
    )
  return { publishing: scopes('publishingScopes'), subscription: scopes('subscriptionScopes') }
}
