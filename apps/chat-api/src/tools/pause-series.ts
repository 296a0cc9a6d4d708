import { findRecurringTask, pauseRecurringTask, toRecurring } from '@taskflow/tasks'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { seriesView } from './list-recurring.ts'
import { tool } from './tool.ts'

export const pauseSeries = ({ db, clock, transaction }: Deps) =>
  tool({
    name: 'pause_series',
    title: 'Pause a recurring task',
    description: 'Makes no further task of a series until it is resumed; open ones stay.',
    effect: 'changes',
    isIdempotent: true,
    input: z.strictObject({ series_id: z.uuid() }),
    output: z.object({ series: seriesView }),
    run: async ({ series_id }, { user: { user_id }, origin }) => {
      const { is_active } = await findRecurringTask(db, user_id, series_id)
      const row = await transaction((tx) => pauseRecurringTask(tx, user_id, series_id), origin)
      return {
        output: { series: seriesView.parse(toRecurring(row, clock.now().toString())) },
        undo: is_active === row.is_active ? [] : [{ tool: 'resume_series', input: { series_id } }],
      }
    },
  })
