import { isUtf8 } from 'node:buffer'
import { ImportProblem } from './import-problem.ts'

const [lineFeed, carriageReturn, space, tab] = [0x0a, 0x0d, 0x20, 0x09]

/**
 * The text of a file: UTF-16 when it begins with its mark, else in `charset`. Some programs fold the lines of a calendar
 * within a character, so it is unfolded as bytes (RFC 5545, 3.1). Throws ImportProblem.
 */
export const decodeFile = (bytes: Uint8Array, charset: string, isCalendar: boolean): string => {
  const mark = (bytes[0]! << 8) | bytes[1]!
  if (mark === 0xfffe) return decoded(bytes, 'utf-16le')
  if (mark === 0xfeff) return decoded(bytes, 'utf-16be')
  if (isUtf8(bytes) || !/^utf-?8$/i.test(charset)) return decoded(bytes, charset)
  return decoded(isCalendar ? unfoldBytes(bytes) : bytes, charset)
}

const decoded = (bytes: Uint8Array, charset: string): string => {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes)
  } catch {
    throw new ImportProblem('body', 'the body is not valid UTF-8', 'not-json')
  }
}

const unfoldBytes = (bytes: Uint8Array): Uint8Array => {
  const unfolded = new Uint8Array(bytes.length)
  let length = 0
  for (let at = 0; at < bytes.length; at++) {
    const isFold = bytes[at] === lineFeed && (bytes[at + 1] === space || bytes[at + 1] === tab)
    if (!isFold) {
      unfolded[length++] = bytes[at]!
      continue
    }
    if (length > 0 && unfolded[length - 1] === carriageReturn) length--
    at++
  }
  return unfolded.subarray(0, length)
}
