import { parser } from '@prometheus-io/lezer-promql'

/** A metric in a query; `labels` are its matchers, with the value of equality matchers. */
interface Selector {
  metric: string
  labels: Record<string, string | undefined>
}

/**
 * Names in a query. `made` are labels that label_replace creates, `labels` those that it groups, matches or replaces
 * by.
 */
export interface Query {
  selectors: Selector[]
  labels: string[]
  made: string[]
}

/** Parses PromQL as Grafana's editor does, after its variables have been replaced. Throws when it is not PromQL. */
export const readPromql = (text: string): Query => {
  const found: Query = { selectors: [], labels: [], made: [] }
  const within = (node: { from: number; to: number }) => text.slice(node.from, node.to)
  const string = (node: { from: number; to: number }) => within(node).slice(1, -1)
  parser.parse(text).iterate({
    enter({ type, node }) {
      if (type.isError) throw new SyntaxError(`not PromQL at ${node.from}: ${text.slice(node.from) || 'it ends'}`)
      if (type.name === 'VectorSelector') {
        const name = node.getChild('Identifier')
        const matchers = node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? []
        const labels = matchers.map((matcher): [string, string | undefined] => [
          within(matcher.getChild('LabelName')!),
          matcher.getChild('MatchOp')?.getChild('EqlSingle') ? string(matcher.getChild('StringLiteral')!) : undefined,
        ])
        if (!name) throw new SyntaxError(`${within(node)} names no metric`)
        found.selectors.push({ metric: within(name), labels: Object.fromEntries(labels) })
      }
      if (type.name === 'GroupingLabels') found.labels.push(...node.getChildren('LabelName').map(within))
      if (type.name === 'FunctionCall' && node.getChild('FunctionIdentifier')?.getChild('LabelReplace')) {
        const [made, , from] = node.getChild('FunctionCallBody')!.getChildren('StringLiteral').map(string)
        found.made.push(made!)
        found.labels.push(from!)
      }
    },
  })
  return found
}
