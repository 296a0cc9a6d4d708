import { isPortFree, PartError, portOwner } from '@taskflow/local-mesh'
import type { NamedPort } from './settings.ts'

/** One sentence for each port that is in use. */
export const portProblems = async (ports: NamedPort[]): Promise<string[]> => {
  const problems: string[] = []
  for (const { port, variable, what } of ports) {
    if (await isPortFree(port)) continue
    const owner = await portOwner(port)
    problems.push(`Port ${port} (${what}, ${variable}) is in use${owner ? ` by ${owner}` : ''}`)
  }
  return problems
}

export const checkPorts = async (ports: NamedPort[]): Promise<void> => {
  const problems = await portProblems(ports)
  const first = ports.find(({ variable }) => problems[0]?.includes(`, ${variable})`))
  if (!first) return
  throw new PartError(`${problems.join('. ')}.`, {
    fix: `end what listens there, or choose another port: ${first.variable}=${first.port + 10_000 - (first.port > 50_000 ? 20_000 : 0)} npm start`,
  })
}
