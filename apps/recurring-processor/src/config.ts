import { configReader } from '@taskflow/service-kit'

export const readConfig = configReader('recurring-processor', {})
