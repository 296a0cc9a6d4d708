import { findRecurringTask, resumeRecurringTask, toRecurring } from '@taskflow/tasks'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { seriesView } from './list-recurring.ts'
import { tool } from './tool.ts'

export const resumeSeries = ({ db, clock, transaction }: Deps) =>
  tool({
    name: 'resume_series',
    title: 'Resume a recurring task',
    description: 'Goes on with a paused series at its next date that is still to come.',
    effect: 'changes',
    isIdempotent: true,
    input: z.strictObject({ series_id: z.uuid() }),
    output: z.object({ series: seriesView }),
    run: async ({ series_id }, { user: { user_id }, origin }) => {
      const { is_active } = await findRecurringTask(db, user_id, series_id)
      const row = await transaction((tx) => resumeRecurringTask(tx, user_id, series_id), origin)
      return {
        output: { series: seriesView.parse(toRecurring(row, clock.now().toString())) },
        undo: is_active === row.is_active ? [] : [{ tool: 'pause_series', input: { series_id } }],
      }
    },
  })
