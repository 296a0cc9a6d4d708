import { exit, Failure } from './failure.mjs'

export const usage = `taskflow-mcp: the tools of a running TaskFlow for desktop MCP clients, over standard input and output

  TASKFLOW_TOKEN  an API token of POST /api/v1/auth/tokens: with the scope tasks:read it shows tasks,
                  with tasks:write too it changes them
  TASKFLOW_URL    where TaskFlow runs; by default http://localhost:8080

Clients start it; README.md has the lines for their configuration.
Exits with 78 when a setting is missing or wrong, 77 when the token is rejected, 69 when TaskFlow does not answer.
`

/**
 * @param {string[]} args
 * @param {Record<string, string | undefined>} env
 * @returns {{ url: string, token: string } | 'help'}
 */
export const readSettings = (args, env) => {
  if (args.includes('--help') || args.includes('-h')) return 'help'
  if (args.length > 0) throw new Failure(exit.usage, `unknown argument ${args[0]}; --help lists the settings`)
  const url = env.TASKFLOW_URL || 'http://localhost:8080'
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new Failure(exit.config, `TASKFLOW_URL is not a web address: set one such as http://localhost:8080`)
  }
  if (new URL(url).protocol === 'http:' && !isThisMachine(new URL(url).hostname)) {
    throw new Failure(
      exit.config,
      'TASKFLOW_URL must be https:// for another machine: the token could be read on the way',
    )
  }
  const token = env.TASKFLOW_TOKEN?.trim()
  if (!token) {
    throw new Failure(exit.config, `TASKFLOW_TOKEN is not set: make an API token at ${url}, it is shown once`)
  }
  // Other characters cannot be sent in a header, and the error would quote the token.
  if (!/^[\w.~+/=-]+$/.test(token)) throw new Failure(exit.config, 'TASKFLOW_TOKEN is not a token: copy it again')
  return { url, token }
}

/** @param {string} hostname */
const isThisMachine = (hostname) => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)
