type Year = (year: number) => Temporal.PlainDate

const on =
  (month: number, day: number): Year =>
  (year) =>
    Temporal.PlainDate.from({ year, month, day })

/** Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher). */
const easter: Year = (year) => {
  const [a, b, c] = [year % 19, Math.trunc(year / 100), year % 100]
  const [d, e] = [Math.trunc(b / 4), b % 4]
  const g = Math.trunc((8 * b + 13) / 25)
  const h = (19 * a + b - d - g + 15) % 30
  const [i, k] = [Math.trunc(c / 4), c % 4]
  const l = (32 + 2 * e + 2 * i - h - k) % 7
  const m = Math.trunc((a + 11 * h + 22 * l) / 451)
  const sum = h + l - 7 * m + 114
  return Temporal.PlainDate.from({ year, month: Math.trunc(sum / 31), day: (sum % 31) + 1 })
}
const fromEaster =
  (days: number): Year =>
  (year) =>
    easter(year).add({ days })

const nth =
  (n: number, weekday: number, month: number): Year =>
  (year) => {
    const first = Temporal.PlainDate.from({ year, month, day: 1 })
    if (n > 0) return first.add({ days: ((weekday - first.dayOfWeek + 7) % 7) + (n - 1) * 7 })
    const last = first.with({ day: first.daysInMonth })
    return last.subtract({ days: (last.dayOfWeek - weekday + 7) % 7 })
  }

/** A Sunday of Advent; the fourth is the last Sunday before Christmas Day. */
const advent =
  (n: number): Year =>
  (year) => {
    const eve = Temporal.PlainDate.from({ year, month: 12, day: 24 })
    return eve.subtract({ days: (eve.dayOfWeek % 7) + (4 - n) * 7 })
  }

/** The days that people name; their names are in the tables of the languages. */
const holidays: Record<string, Year> = {
  newyear: on(1, 1),
  newyearseve: on(12, 31),
  christmaseve: on(12, 24),
  christmas: on(12, 25),
  boxingday: on(12, 26),
  epiphany: on(1, 6),
  nikolaus: on(12, 6),
  halloween: on(10, 31),
  valentine: on(2, 14),
  stpatrick: on(3, 17),
  independence: on(7, 4),
  bastille: on(7, 14),
  labourday: on(5, 1),
  allsaints: on(11, 1),
  armistice: on(11, 11),
  assumption: on(8, 15),
  germanunity: on(10, 3),
  hispanic: on(10, 12),
  easter,
  eastermonday: fromEaster(1),
  goodfriday: fromEaster(-2),
  palmsunday: fromEaster(-7),
  ashwednesday: fromEaster(-46),
  ascension: fromEaster(39),
  pentecost: fromEaster(49),
  whitmonday: fromEaster(50),
  thanksgiving: nth(4, 4, 11),
  laborday: nth(1, 1, 9),
  memorialday: nth(-1, 1, 5),
  mothersday: nth(2, 7, 5),
  advent1: advent(1),
  advent2: advent(2),
  advent3: advent(3),
  advent4: advent(4),
}

export const holidayIn = (name: string, year: number): Temporal.PlainDate => holidays[name]!(year)

/** The month and day of a holiday that is the same each year. */
export const fixedHoliday = (name: string): { month: number; day: number } | undefined => {
  const [a, b] = [holidayIn(name, 2026), holidayIn(name, 2027)]
  return a.month === b.month && a.day === b.day ? { month: a.month, day: a.day } : undefined
}
