import { localAt } from '../time/zone.ts'

/** How figures are written for engineers. */
export const writeCount = (count: number): string => count.toLocaleString('en')

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${writeCount(count)} ${count === 1 ? one : many}`

/** `09:00:00` */
export const writeClock = (instant: string | number, zone: string): string => localAt(instant, zone).slice(11)

/** `09:00:00.123`, to tell events within a second apart. */
export const writeExactly = (instant: string, zone: string): string =>
  `${writeClock(instant, zone)}.${String(new Date(instant).getMilliseconds()).padStart(3, '0')}`

/** `2026-01-31 09:00:00` */
export const writeInstant = (instant: string, zone: string): string => localAt(instant, zone).replace('T', ' ')

/** `850 ms`, `2.5 s`, `4 min`, `3 h`, `2 d`, never broken into two lines. */
export const writeSpan = (milliseconds: number): string => {
  const size = Math.abs(milliseconds)
  const [amount, unit] =
    size < 1_000
      ? [Math.round(milliseconds), 'ms']
      : size < 60_000
        ? [Number((milliseconds / 1_000).toFixed(1)), 's']
        : size < 3_600_000
          ? [Math.round(milliseconds / 60_000), 'min']
          : size < 172_800_000
            ? [Math.round(milliseconds / 3_600_000), 'h']
            : [Math.round(milliseconds / 86_400_000), 'd']
  return `${amount}\u00a0${unit}`
}

/** `in 4 min`, `3 s ago` */
export const writeDistance = (instant: string, now: number): string => {
  const distance = Date.parse(instant) - now
  return distance >= 0 ? `in ${writeSpan(distance)}` : `${writeSpan(-distance)} ago`
}

/** Events per second: `0`, `0.4`, `12`. */
export const writeRate = (rate: number): string =>
  rate === 0 ? '0' : rate < 0.1 ? '<0.1' : rate < 10 ? rate.toFixed(1) : writeCount(Math.round(rate))

/** The end of an id, which differs where its beginning is the time. */
export const shortId = (id: string): string => (id.length > 20 ? `…${id.slice(-12)}` : id)
