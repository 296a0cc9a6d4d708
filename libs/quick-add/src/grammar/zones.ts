import { type Read, read, type Text } from './text.ts'

const zones: Record<string, number> = {
  UTC: 0,
  GMT: 0,
  Z: 0,
  EST: -300,
  EDT: -240,
  CST: -360,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
  CET: 60,
  CEST: 120,
  WET: 0,
  WEST: 60,
  EET: 120,
  EEST: 180,
  BST: 60,
  IST: 330,
  JST: 540,
  AEST: 600,
  AEDT: 660,
}

/** "3pm EST": abbreviations are upper case, and "at 3pm art class" is not about Argentina. */
export const zoneAt = ({ source, lexemes }: Text, at: number): Read<number> | undefined => {
  const lexeme = lexemes[at]
  const offset = lexeme && zones[source.slice(lexeme.start, lexeme.end)]
  return offset === undefined ? undefined : read(offset, at + 1)
}
