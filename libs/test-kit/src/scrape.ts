/** The sum of a metric over all series with these labels; undefined when none exist. */
export type Scraped = (name: string, labels?: Record<string, string>) => number | undefined

/** Reads GET /metrics of a service. */
export const scrape = async (url: string): Promise<Scraped> => {
  const text = await (await fetch(`${url}/metrics`)).text()
  const series = text.split('\n').flatMap((line) => {
    const [, name, labels = '', value] = /^([a-z_]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? []
    return name ? [{ name, labels: `,${labels},`, value: Number(value) }] : []
  })
  return (name, labels = {}) => {
    const found = series.filter(
      (each) =>
        each.name === name &&
        Object.entries(labels).every(([label, value]) => each.labels.includes(`,${label}="${value}",`)),
    )
    return found.length === 0 ? undefined : found.reduce((total, { value }) => total + value, 0)
  }
}
