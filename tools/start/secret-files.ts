import { dirname } from 'node:path'
import { makePrivateFolder, PartError, writePrivateFile } from '@taskflow/local-mesh'
import { serviceNames } from '@taskflow/service-kit'
import type { StartEnvironment } from './environment.ts'
import type { Paths } from './paths.ts'

/**
 * Writes the secrets of each service and each sidecar into a file of its own, which only the user can read. Services
 * read theirs by `--env-file-if-exists` of Node, sidecars by the script in `daprRuntime`.
 */
export const writeSecretFiles = async (
  paths: Pick<Paths, 'secretsOf'>,
  secrets: StartEnvironment['secrets'],
): Promise<void> => {
  await makePrivateFolder(dirname(paths.secretsOf('any')))
  for (const name of serviceNames) {
    await writePrivateFile(paths.secretsOf(name), assignments(secrets[name].service))
    await writePrivateFile(paths.secretsOf(`${name}.sidecar`), assignments(secrets[name].sidecar))
  }
}

const assignments = (environment: Record<string, string>): string =>
  Object.entries(environment)
    .map(([name, value]) => `${name}=${quote(name, value)}\n`)
    .join('')

/** Quoted in a way that a shell and Node's reader of such files understand alike: neither escapes anything within. */
const quote = (name: string, value: string): string => {
  if (!value.includes("'")) return `'${value}'`
  if (!/["$`\\\n]/.test(value)) return `"${value}"`
  throw new PartError(`${name} holds a single quote beside other special characters.`, {
    fix: 'choose another value, or encode it in an address (%27)',
  })
}
