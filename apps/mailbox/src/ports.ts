/** A port from the environment. Throws an error that explains what is wrong with it. */
export const readPort = (env: NodeJS.ProcessEnv, name: string, otherwise: number): number => {
  const text = env[name] || String(otherwise)
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_535) return port
  throw new RangeError(`${name} must be a port between 0 and 65535, not "${text}".`)
}

/** One sentence about a failed start, naming the variable of the port that was not available. */
export const startProblem = (error: unknown, ports: Record<string, number>): string => {
  const { code, port, message } = error as NodeJS.ErrnoException & { port?: number }
  const variable = Object.keys(ports).find((name) => ports[name] === port) ?? 'another port'
  if (code === 'EADDRINUSE') return `Port ${port} is in use: stop the program that has it, or set ${variable}.`
  if (code === 'EACCES' && port) return `Port ${port} is not allowed to this user: set ${variable} to one above 1023.`
  return `The mailbox could not start: ${message}`
}
