import type { Testbed } from './testbed.ts'

/** A row of the table. `value` is undefined when it could not be measured. */
export interface Ratio {
  name: string
  value: number | undefined
  goal: number
  better: 'higher' | 'lower'
  /** The figures behind it, for the reader. */
  from: string
}

export interface MeasureOptions {
  testbed: Testbed
  /** How often each side is measured. */
  pairs: number
  report: (line: string) => void
}

export interface Measurement {
  name: string
  measure(options: MeasureOptions): Promise<Ratio[]>
}

/**
 * Measures each of `things` once a round, in reverse order every other round, so that other load on the machine affects
 * all of them alike. Resolves with the figures of each, by round.
 */
export const alternate = async <Name extends string>(
  rounds: number,
  things: Record<Name, () => Promise<number>>,
  report: (round: string) => void = () => {},
): Promise<Record<Name, number[]>> => {
  const names = Object.keys(things) as Name[]
  const figures = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) figures[name].push(await things[name]())
    report(`${round + 1}/${rounds}: ${names.map((name) => `${name} ${short(figures[name].at(-1)!)}`).join(', ')}`)
  }
  return figures
}

export const median = (values: number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** The median of the ratios of each round: two figures of one round saw the same machine. */
export const medianRatio = (numerators: number[], denominators: number[]): number =>
  median(numerators.map((each, index) => each / denominators[index]!))

export const percentile = (values: number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))]!

export const short = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : String(Math.round(value * 100) / 100)
