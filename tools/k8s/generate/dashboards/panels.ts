import type { Builder } from '@grafana/grafana-foundation-sdk/cog'
import {
  BigValueColorMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  TooltipDisplayMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common'
import {
  type Dashboard,
  DashboardBuilder,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  type Panel,
  QueryVariableBuilder,
  RowBuilder,
  ThresholdsConfigBuilder,
  VariableRefresh,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus'
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat'
import { PanelBuilder as TimeSeriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries'

/** PromQL and the name of its line: `{{topic}}` stands for the value of that label. */
export type Query = readonly [expr: string, legend: string]
export type Row = readonly [title: string, ...panels: Builder<Panel>[]]

const source = { type: 'prometheus', uid: '$datasource' }
const targets = (queries: readonly Query[]) =>
  queries.map(([expr, legend], index) =>
    new DataqueryBuilder()
      .refId(String.fromCharCode(65 + index))
      .datasource(source)
      .expr(expr)
      .legendFormat(legend),
  )

/** A chart of lines over time, a third of the width. `unit` is Grafana's: s, reqps, percentunit, short. */
export const lines = (title: string, description: string, unit: string, ...queries: Query[]): TimeSeriesBuilder =>
  new TimeSeriesBuilder()
    .title(title)
    .description(description)
    .datasource(source)
    .unit(unit)
    .min(0)
    .span(8)
    .height(8)
    .fillOpacity(8)
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi))
    .targets(targets(queries))

/** The newest value, large; green below `bad`, else red. */
export const number = (title: string, description: string, unit: string, expr: string, bad: number): StatBuilder =>
  new StatBuilder()
    .title(title)
    .description(description)
    .datasource(source)
    .unit(unit)
    .span(4)
    .height(4)
    .colorMode(BigValueColorMode.Background)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']))
    .thresholds(
      new ThresholdsConfigBuilder().steps([
        { value: null, color: 'green' },
        { value: bad, color: 'red' },
      ]),
    )
    .targets(targets([[expr, '']]))

/** Queries may use $namespace (one) and $service (several). */
export const dashboard = (uid: string, title: string, description: string, rows: Row[]): Dashboard => {
  const built = new DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags(['taskflow'])
    .time({ from: 'now-3h', to: 'now' })
    .refresh('1m')
    .withVariable(new DatasourceVariableBuilder('datasource').label('Prometheus').type('prometheus'))
    .withVariable(variable('namespace', 'label_values(taskflow_database_up, namespace)'))
    .withVariable(
      variable('service', 'label_values(taskflow_database_up{namespace="$namespace"}, service)')
        .multi(true)
        .includeAll(true)
        .current({ text: 'All', value: '$__all' }),
    )
    .link(new DashboardLinkBuilder('TaskFlow').type(DashboardLinkType.Dashboards).tags(['taskflow']).keepTime(true))
  for (const [name, ...panels] of rows) {
    built.withRow(new RowBuilder(name))
    for (const panel of panels) built.withPanel(panel)
  }
  const { panels = [], ...rest } = built.build()
  return { ...rest, panels: panels.map((panel, index) => ({ ...panel, id: index + 1 })) }
}

const variable = (name: string, query: string) =>
  new QueryVariableBuilder(name).datasource(source).query(query).refresh(VariableRefresh.OnTimeRangeChanged)

/** Three lines: the 50th, 95th and 99th percentile. `recorded` is the name in records.yaml without _5m. */
export const quantiles = (recorded: string, selector: string, by: string): Query[] =>
  ['p50', 'p95', 'p99'].map((name) => [`${recorded}:${name}_5m{${selector}}`, `${by} ${name}`])
