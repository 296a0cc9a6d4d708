#!/usr/bin/env node
import { serveStdio } from '@modelcontextprotocol/server/stdio'
import { connect } from './connect.mjs'
import { Failure } from './failure.mjs'
import { forwardTo } from './forward.mjs'
import { readSettings, usage } from './settings.mjs'

// Standard output speaks the protocol: everything for people goes to standard error.
try {
  const settings = readSettings(process.argv.slice(2), process.env)
  if (settings === 'help') process.stdout.write(usage)
  else {
    const client = await connect(settings)
    serveStdio(() => forwardTo(client, settings))
    process.stdin.once('end', () => client.close())
  }
} catch (error) {
  if (!(error instanceof Failure)) throw error
  process.stderr.write(`taskflow-mcp: ${error.message}\n`)
  process.exitCode = error.exitCode
}
