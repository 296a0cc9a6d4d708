export type Language = 'en' | 'de' | 'fr' | 'es'

/** Time, time zone, locale and reminder time of a message. */
export interface Said {
  now: Temporal.Instant
  time_zone: string
  /** Of the account, if it is in this language. */
  locale: string
  /** In which the message is read and answered. */
  language: Language
  /** The time at which the user is reminded of a day. */
  reminder_time: string
}

/** Before it is known in which language the message is. `locale` is that of the account. */
export type Speaker = Omit<Said, 'language'>
