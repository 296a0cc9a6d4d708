import { isUtf8 } from 'node:buffer'
import { ImportProblem } from './import-problem.ts'

const [lineFeed, carriageReturn, space, tab] = [0x0a, 0x0d, 0x20, 0x09]

interface DecodedFile {
  content: string
  /** Its encoding was not declared, and is not UTF-8 or UTF-16. */
  isGuessed?: boolean
}

/**
 * The text of a file: UTF-16 when it begins with its mark, else in `charset`; without one UTF-8, or Windows-1252 when it
 * is not UTF-8. Some programs fold the lines of a calendar within a character, so it is unfolded as bytes (RFC 5545,
 * 3.1). Throws ImportProblem.
 */
export const decodeFile = (bytes: Uint8Array, charset: string | undefined, isCalendar: boolean): DecodedFile => {
  const mark = (bytes[0]! << 8) | bytes[1]!
  if (mark === 0xfffe) return decoded(bytes, 'utf-16le')
  if (mark === 0xfeff) return decoded(bytes, 'utf-16be')
  if (charset && !/^utf-?8$/i.test(charset)) return decoded(bytes, charset)
  if (isUtf8(bytes)) return decoded(bytes, 'utf-8')
  const unfolded = isCalendar ? unfoldBytes(bytes) : bytes
  if (charset || isUtf8(unfolded) || !isOtherText(unfolded)) return decoded(unfolded, 'utf-8')
  return { ...decoded(unfolded, 'windows-1252'), isGuessed: true }
}

const decoded = (bytes: Uint8Array, charset: string): DecodedFile => {
  try {
    return { content: new TextDecoder(charset, { fatal: true }).decode(bytes) }
  } catch {
    throw new ImportProblem('body', `the body is not valid ${charset.toUpperCase()}`, 'not-json')
  }
}

/**
 * Whether bytes that are not UTF-8 are text of an encoding of one byte a letter. Damaged UTF-8 has more whole characters
 * than broken ones, and would come out garbled; a file that is no text has control characters.
 */
const isOtherText = (bytes: Uint8Array): boolean => {
  let [whole, broken] = [0, 0]
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at++]!
    if (byte < space && byte !== tab && byte !== lineFeed && byte !== carriageReturn) return false
    if (byte < 0x80) continue
    const following = byte < 0xc2 ? 0 : byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : byte < 0xf5 ? 3 : 0
    let end = at
    while (end < at + following && (bytes[end]! & 0xc0) === 0x80) end++
    if (following === 0 || end < at + following) broken++
    else {
      whole++
      at = end
    }
  }
  return broken > whole
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
