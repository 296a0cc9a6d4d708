import { join } from 'node:path'
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard'
import { delivery } from './delivery.ts'
import { mesh } from './mesh.ts'
import { reminders } from './reminders.ts'

/** By file name in k8s/components/monitoring/dashboards. */
export const dashboards: Record<string, Dashboard> = { mesh, delivery, reminders }

export const folder = join(import.meta.dirname, '../../../../k8s/components/monitoring/dashboards')

export const textOf = (dashboard: Dashboard): string => `${JSON.stringify(dashboard)}\n`
