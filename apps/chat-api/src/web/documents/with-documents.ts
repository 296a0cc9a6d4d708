import type { Endpoint } from '@taskflow/service-kit'
import { describeApi } from './describe-api.ts'
import { describeEvents } from './describe-events.ts'
import { showApiPage } from './show-api-page.ts'

/** The endpoints with those that describe them, and the events behind them. */
export const withDocuments = (endpoints: Endpoint[]): Endpoint[] => {
  const about = [...describeEvents(), ...showApiPage()]
  return [...endpoints, ...about, describeApi([...endpoints, ...about])]
}
