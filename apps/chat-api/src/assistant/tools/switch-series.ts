import type { SeriesRow } from '@taskflow/database'
import type { Tx } from '@taskflow/service-kit'
import { findRecurringTask, pauseRecurringTask, resumeRecurringTask, toRecurringTaskView } from '@taskflow/tasks'
import { z } from 'zod'
import { seriesView } from './list-recurring.ts'
import { type WriteTool, writeTool } from './tool.ts'

/** A tool that switches a series on or off; the `opposite` tool undoes it. */
const switchSeries = ({
  change,
  opposite,
  ...about
}: Pick<WriteTool, 'name' | 'title' | 'description'> & {
  change(tx: Tx, user_id: string, series_id: string): Promise<SeriesRow>
  opposite: string
}) =>
  writeTool({
    ...about,
    effect: 'changes',
    isIdempotent: true,
    input: z.strictObject({ series_id: z.uuid() }),
    output: z.object({ series: seriesView }),
    touches: ({ series_id }) => ({ tasks: [], series: [series_id], creates: [], texts: [] }),
    run: async (tx, { series_id }, { user: { user_id } }) => {
      const { is_active } = await findRecurringTask(tx, user_id, series_id)
      const row = await change(tx, user_id, series_id)
      return {
        output: { series: seriesView.parse(toRecurringTaskView(row, tx.clock.now().toString())) },
        undo: is_active === row.is_active ? [] : [{ tool: opposite, input: { series_id } }],
      }
    },
  })

export const pauseSeries = switchSeries({
  name: 'pause_series',
  title: 'Pause a recurring task',
  description: 'Makes no further task of a series until it is resumed; open ones stay.',
  change: pauseRecurringTask,
  opposite: 'resume_series',
})

export const resumeSeries = switchSeries({
  name: 'resume_series',
  title: 'Resume a recurring task',
  description: 'Goes on with a paused series at its next date that is still to come.',
  change: resumeRecurringTask,
  opposite: 'pause_series',
})
