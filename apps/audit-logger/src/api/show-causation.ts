import { endpoint, Problem } from '@taskflow/service-kit'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { recordsOfTree } from '../domain/causation.ts'
import { readRecords } from '../domain/read-records.ts'
import type { ReadableRecord } from '../domain/record.ts'

type Node = ReadableRecord & { caused: Node[] }

/**
 * For chat-api: the tree of causes and effects of an event, in one user's records, or in all without `user_id`; `type`
 * leaves out all others.
 */
export const showCausation = (deps: Deps) =>
  endpoint({
    method: 'get',
    path: '/audit/causation',
    summary: 'Show what caused an event, and what it caused',
    access: 'mesh',
    query: z.strictObject({
      event_id: z.string(),
      user_id: z.uuid().optional(),
      type: z.union([z.string(), z.array(z.string()).max(50)]).optional(),
    }),
    answers: { 200: z.object({ data: z.unknown(), complete: z.boolean() }) },
    handle: async ({ query: { type, ...query } }) => {
      const tree = await recordsOfTree(deps.db, { ...query, types: type === undefined ? undefined : [type].flat() })
      if (!tree) throw new Problem('not-found', 'there is no such event in your audit log')
      const nodes = (await readRecords(deps, tree.rows)).map((record): Node => ({ ...record, caused: [] }))
      const byEvent = new Map(nodes.map((node) => [node.event_id, node]))
      for (const node of nodes.slice(1)) byEvent.get(node.causation_id ?? '')?.caused.push(node)
      return { status: 200, body: { data: nodes[0], complete: tree.complete } }
    },
  })
