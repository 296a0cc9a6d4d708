import type { SeriesRow } from '@taskflow/database'
import type { BaseDeps, Tx } from '@taskflow/service-kit'
import { findRecurringTask, pauseRecurringTask, resumeRecurringTask, toRecurringTaskView } from '@taskflow/tasks'
import { z } from 'zod'
import { seriesView } from './list-recurring.ts'
import { type Tool, tool } from './tool.ts'

/** A tool that switches a series on or off; the `opposite` one takes it back. */
const switchSeries = (
  { db, clock, transaction }: BaseDeps,
  {
    work,
    opposite,
    ...about
  }: Pick<Tool, 'name' | 'title' | 'description'> & {
    work(tx: Tx, user_id: string, series_id: string): Promise<SeriesRow>
    opposite: string
  },
) =>
  tool({
    ...about,
    effect: 'changes',
    isIdempotent: true,
    input: z.strictObject({ series_id: z.uuid() }),
    output: z.object({ series: seriesView }),
    run: async ({ series_id }, { user: { user_id }, origin }) => {
      const { is_active } = await findRecurringTask(db, user_id, series_id)
      const row = await transaction((tx) => work(tx, user_id, series_id), origin)
      return {
        output: { series: seriesView.parse(toRecurringTaskView(row, clock.now().toString())) },
        undo: is_active === row.is_active ? [] : [{ tool: opposite, input: { series_id } }],
      }
    },
  })

export const pauseSeries = (deps: BaseDeps) =>
  switchSeries(deps, {
    name: 'pause_series',
    title: 'Pause a recurring task',
    description: 'Makes no further task of a series until it is resumed; open ones stay.',
    work: pauseRecurringTask,
    opposite: 'resume_series',
  })

export const resumeSeries = (deps: BaseDeps) =>
  switchSeries(deps, {
    name: 'resume_series',
    title: 'Resume a recurring task',
    description: 'Goes on with a paused series at its next date that is still to come.',
    work: resumeRecurringTask,
    opposite: 'pause_series',
  })
