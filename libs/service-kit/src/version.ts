import { readFileSync } from 'node:fs'

/** One release for the whole repository. */
export const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string
}
