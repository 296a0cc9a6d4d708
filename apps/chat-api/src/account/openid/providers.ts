import { Problem } from '@taskflow/service-kit'
import type { ProviderClient } from './provider-client.ts'

/** The providers that people may sign in with, in the order of the configuration. */
export interface OpenidProviders {
  all: ProviderClient[]
  /** Problem 404. */
  get(id: string): ProviderClient
  /** How people know an issuer: its name, or its host when it is not configured any more. */
  nameOf(issuer: string): string
}

export const createProviders = (all: ProviderClient[]): OpenidProviders => ({
  all,
  get: (id) => {
    const found = all.find(({ provider }) => provider.id === id)
    if (!found) throw new Problem('not-found', 'there is no such provider')
    return found
  },
  nameOf: (issuer) => all.find(({ provider }) => provider.issuer === issuer)?.provider.name ?? new URL(issuer).host,
})
