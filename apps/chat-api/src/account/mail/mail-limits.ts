import { type Clock, type Database, type Tx, tooManyRequests } from '@taskflow/service-kit'
import { z } from 'zod'
import { type Allowance, type Attempt, countAttempt } from '../attempts.ts'
import { networkOf } from '../network-of.ts'
import { hashOf } from '../secret-tokens.ts'

/** 0: no limit. */
const limit = z.coerce.number().int().min(0)

export const mailLimitSettings = {
  /** "Forgot password", for an address, with or without an account. */
  PASSWORD_RESETS_PER_ADDRESS_PER_HOUR: limit.default(3),
  /** Mails to a mailbox that nobody has confirmed, by whatever account. */
  CONFIRMATIONS_PER_MAILBOX_PER_DAY: limit.default(5),
  /** Mails that a signed-in person asks for. */
  ACCOUNT_MAILS_PER_PERSON_PER_DAY: limit.default(10),
  /** Mails that are asked for, and links followed, from a network address. */
  ACCOUNT_MAILS_PER_NETWORK_PER_HOUR: limit.default(50),
}

export interface MailLimits {
  resets: Allowance
  confirmations: Allowance
  ofPerson: Allowance
  ofNetwork: Allowance
  links: Allowance
  /** To an address whose owner wants no mail: the way back. */
  suppressed: Allowance
}

const [hour, day] = [3_600, 86_400]

export const createMailLimits = (config: z.infer<z.ZodObject<typeof mailLimitSettings>>): MailLimits => {
  const perNetwork = config.ACCOUNT_MAILS_PER_NETWORK_PER_HOUR
  return {
    resets: { name: 'password-resets', allowed: config.PASSWORD_RESETS_PER_ADDRESS_PER_HOUR, windowSeconds: hour },
    confirmations: { name: 'confirmations', allowed: config.CONFIRMATIONS_PER_MAILBOX_PER_DAY, windowSeconds: day },
    ofPerson: { name: 'account-mails', allowed: config.ACCOUNT_MAILS_PER_PERSON_PER_DAY, windowSeconds: day },
    ofNetwork: { name: 'account-mails-network', allowed: perNetwork, windowSeconds: hour },
    links: { name: 'mail-links-network', allowed: perNetwork, windowSeconds: hour },
    suppressed: { name: 'suppressed-address', allowed: 1, windowSeconds: 30 * day },
  }
}

interface CountDeps {
  db: Pick<Database, 'insert'>
  clock: Clock
}

/** Counts a request. Problem 429, with `detail`, when it is one too many. */
export const requireAllowed = async (
  deps: CountDeps,
  allowance: Allowance,
  subject: string,
  detail: string,
): Promise<void> => {
  if (allowance.allowed === 0) return
  const attempt = await countAttempt(deps, allowance, subject)
  if (attempt.exceeded) throw tooManyRequests(detail, attempt)
}

const mailSubject = (address: string) => `mail network ${networkOf(address)}`

/** Before anything is looked up: a network asks for so many mails. */
export const requireMailsLeft = (deps: CountDeps, { ofNetwork }: MailLimits, address: string): Promise<void> =>
  requireAllowed(deps, ofNetwork, mailSubject(address), 'too many mails were asked for from your network address')

/** Nobody can guess a token; this bounds the work of trying. */
export const requireLinksLeft = (deps: CountDeps, { links }: MailLimits, address: string): Promise<void> =>
  requireAllowed(deps, links, `mail link network ${networkOf(address)}`, 'too many links from your network address')

/** As `requireMailsLeft`, for a request that goes on without its mail. */
export const hasMailsLeft = async (tx: Tx, { ofNetwork }: MailLimits, address: string): Promise<boolean> => {
  if (ofNetwork.allowed === 0) return true
  return !(await countAttempt({ db: tx, clock: tx.clock }, ofNetwork, mailSubject(address))).exceeded
}

/**
 * Counts a mail to an address that nobody has confirmed; returns the count that is exceeded. Counted by mailbox: a
 * stranger's must not fill up by way of plus-addresses or dots.
 */
export const countUnproven = async (
  tx: Tx,
  { confirmations, suppressed }: MailLimits,
  address: string,
  isSuppressed: boolean,
): Promise<Attempt | undefined> => {
  const counted = isSuppressed ? [confirmations, suppressed] : [confirmations]
  for (const allowance of counted.filter(({ allowed }) => allowed > 0)) {
    const subject = `${allowance.name} ${hashOf(mailboxOf(address))}`
    const attempt = await countAttempt({ db: tx, clock: tx.clock }, allowance, subject)
    if (attempt.exceeded) return attempt
  }
  return undefined
}

/** The mailbox behind an address, as far as it can be known. */
const mailboxOf = (address: string): string => {
  const [local = '', domain = ''] = address.toLowerCase().split(/@(?=[^@]*$)/)
  const name = local.split('+')[0]!
  return ['gmail.com', 'googlemail.com'].includes(domain)
    ? `${name.replaceAll('.', '')}@gmail.com`
    : `${name}@${domain}`
}
