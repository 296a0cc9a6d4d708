import { dictionary } from '@zxcvbn-ts/language-common'

/** Some 50,000 passwords from leaks, in lower case: what guessing begins with. */
const common = new Set<string>(dictionary['passwords-common'].filter((each: string) => each.length >= 8))

export const isCommonPassword = (password: string): boolean => common.has(password.toLowerCase())
