import fc from '@taskflow/test-kit/fast-check'
import type { Accounts } from './accounts.ts'
import { attack, type HostileRequest, hostileRequest, redirect_uri, routesFor } from './hostile-requests.ts'
import { type RawAnswer, sendRaw } from './send-raw.ts'

/** What must not get out, whatever is asked: code, places of files, statements, hashes, addresses of parts. */
const leaks =
  /\bat [\w.<> ]+ \(|file:\/\/|node_modules|\/src\/[\w/-]+\.ts|\$argon2|postgres:\/\/|\b(SELECT|INSERT INTO|UPDATE|DELETE FROM) .+ (FROM|VALUES|SET|WHERE)\b|ECONNREFUSED|violates/

/** A bystander waits at most this long while others attack. The machine may be busy. */
const bystanderWaits = 15_000

/**
 * Sends requests that no client would, for some time, each with a session of its own. Returns what was wrong: a server
 * error, an answer that does not end, a leak, a person of others in it, or an honest request that had to wait.
 */
export const sendHostile = async (
  url: string,
  accounts: Accounts,
  { seconds, seed, report }: { seconds: number; seed: number; report: (line: string) => void },
): Promise<string[]> => {
  const bystander = await accounts.create()
  const client_id = await registerClient(url)
  const problems: string[] = []
  const seen = new Map<number, number>()
  const end = Date.now() + seconds * 1_000
  const attacks = fc.stream(attacksFrom(seed))
  let sent = 0
  const sender = async () => {
    let other = await accounts.create()
    for (const given of attacks) {
      if (Date.now() >= end || problems.length >= 10) return
      const account = await accounts.create()
      const routes = routesFor(account, { other, resource: `${url}/mcp`, client_id })
      const route = routes[given.route % routes.length]!
      const request = hostileRequest(route, account.token, new URL(url).host, given)
      const answer = await sendRaw(new URL(url), request)
      other = account
      sent++
      seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1)
      const problem = problemOf(answer, request, bystander.email)
      if (problem) problems.push(describe(problem, request, answer))
    }
  }
  const watch = async () => {
    while (Date.now() < end && problems.length < 10) {
      const signal = AbortSignal.timeout(bystanderWaits)
      const authorization = `Bearer ${bystander.token}`
      const status = await fetch(`${url}/api/v1/tasks`, { headers: { authorization }, signal }).then(
        async (answer) => (await answer.text()) && answer.status,
        (error: Error) => error.name,
      )
      if (status !== 200) problems.push(`an honest request beside them got: ${status}`)
      await new Promise((passed) => setTimeout(passed, 250))
    }
  }
  await Promise.all([sender(), sender(), sender(), watch()])
  const statuses = [...seen].toSorted(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`)
  report(`${sent} hostile requests with --seed ${seed}; answers by status ${statuses.join(', ')}`)
  return problems
}

/** An app that the authorization server knows. */
const registerClient = async (url: string): Promise<string> => {
  const answer = await fetch(`${url}/oauth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ client_name: 'Fuzz', redirect_uris: [redirect_uri] }),
  })
  return ((await answer.json()) as { client_id: string }).client_id
}

/** Without end, one after the other. */
const attacksFrom = function* (seed: number) {
  for (let round = 0; ; round++) yield* fc.sample(attack, { seed: seed + round, numRuns: 200 })
}

const problemOf = ({ status, hangs, head, body }: RawAnswer, { line }: HostileRequest, other: string) => {
  if (hangs) return 'no end of the answer'
  if (status >= 500) return 'a server error'
  if (leaks.test(body)) return `a leak: ${leaks.exec(body)?.[0]}`
  if (body.includes(other)) return 'somebody else in the answer'
  if (/^x-powered-by:/im.test(head)) return 'a header that names the software'
  const isPersonal = status >= 200 && status < 300 && line.startsWith('GET /api/')
  if (isPersonal && !/^cache-control: (no-store|no-cache)/im.test(head))
    return 'a personal answer that caches may store'
  return undefined
}

const describe = (problem: string, { line, headers, body }: HostileRequest, answer: RawAnswer): string =>
  [
    `${problem}: ${line.slice(0, 300)}`,
    ...headers.slice(0, 12).map(([name, value]) => `  ${name}: ${JSON.stringify(value.slice(0, 100))}`),
    `  body of ${body.length} bytes: ${JSON.stringify(body.subarray(0, 300).toString('latin1'))}`,
    `  answer: ${answer.status} ${answer.body.slice(0, 500)}`,
  ].join('\n')
