import { readFileSync } from 'node:fs'
import type { AccountMailRow } from '@taskflow/database'
import { type AccountMailContent, accountMailPages, sealedTokenKey } from '@taskflow/event-contracts'
import { compactDecrypt } from 'jose'
import Mustache from 'mustache'
import type { MailLinks } from '../mail-links.ts'
import { mailTextsFor } from '../mail-texts.ts'
import type { Mail } from '../mailer.ts'
import { dateText, oneLine, page } from '../reminder-mail.ts'
import type { AccountMailTexts } from './text-types.ts'
import { de } from './texts-de.ts'
import { en } from './texts-en.ts'
import { es } from './texts-es.ts'
import { fr } from './texts-fr.ts'

const template = (name: string) => readFileSync(new URL(`../../../templates/${name}`, import.meta.url), 'utf8')
const templates = { text: template('account.txt'), html: template('account.html') }

export const accountMailTexts: Record<string, AccountMailTexts> = { en, de, fr, es }

/** Opens what chat-api sealed for this mail. Throws for another mail's, and after a change of the secret. */
export type OpenToken = (sealed: string, mail_id: string) => Promise<string>

export const createOpenToken = (linkSecret: string): OpenToken => {
  const key = sealedTokenKey(linkSecret)
  return async (sealed, mail_id) => {
    const { plaintext, protectedHeader } = await compactDecrypt(sealed, key, {
      contentEncryptionAlgorithms: ['A256GCM'],
    })
    if (protectedHeader.kid !== mail_id) throw new Error('the token was sealed for another mail')
    return new TextDecoder().decode(plaintext)
  }
}

export interface AccountWriter {
  links: MailLinks
  publicUrl: string
  openToken: OpenToken
}

/**
 * Writes a mail about an account in its reader's language. It has neither a name nor another text of the account while
 * the address is not proven: whoever signs up with a stranger's address must not choose what the stranger reads.
 */
export const accountMail = async (
  { id, address, locale, time_zone, content, sealed_token, can_refuse, user_id }: AccountMailRow,
  { links, publicUrl, openToken }: AccountWriter,
): Promise<Mail> => {
  const { language } = mailTextsFor(locale)
  const texts = accountMailTexts[language]!
  const { subject, lines, action } = textOf(texts, content)
  const refuse_url = can_refuse ? await links.stop(user_id, address) : undefined
  const when = 'at' in content ? dateText(content.at, time_zone, locale) : ''
  const view = {
    hello: texts.hello,
    lines: lines(content as never, when).map(oneLine),
    action,
    action_url: sealed_token && linkTo(content, await openToken(sealed_token, id), publicUrl),
    not_you: 'at' in content && content.kind !== 'address-changed' && texts.notYou,
    forgot_url: new URL('/forgot-password', publicUrl).href,
    refuse: texts.refuse,
    refuse_url,
    home: publicUrl,
  }
  return {
    to: { name: '', address },
    message_id: `<${id}@${new URL(publicUrl).hostname}>`,
    ...(refuse_url ? { unsubscribe_url: refuse_url } : {}),
    subject,
    text: Mustache.render(templates.text, view, {}, { escape: String }),
    html: page(language, Mustache.render(templates.html, view)),
    attachments: [],
  }
}

const textOf = (texts: AccountMailTexts, { kind }: AccountMailContent) => texts.kinds[kind]

const linkTo = ({ kind }: AccountMailContent, token: string, publicUrl: string): string => {
  const path = accountMailPages[kind as keyof typeof accountMailPages]
  return new URL(`${path}#token=${token}`, publicUrl).href
}
