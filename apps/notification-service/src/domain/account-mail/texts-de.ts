import type { AccountMailTexts } from './text-types.ts'

export const de: AccountMailTexts = {
  hello: 'Hallo,',
  notYou: 'Warst du das nicht? Dann setze jetzt ein neues Passwort:',
  refuse: 'Du hast das nicht angefordert? Dann tu nichts, oder stoppe alle Mails an diese Adresse',
  kinds: {
    'confirm-address': {
      subject: 'E-Mail-Adresse bestätigen',
      lines: () => [
        'jemand hat mit dieser Adresse ein TaskFlow-Konto angelegt. Wenn du das warst, bestätige, dass sie dir gehört.',
        'Der Link gilt einmal, 24 Stunden lang.',
      ],
      action: 'Adresse bestätigen',
    },
    'confirm-new-address': {
      subject: 'Neue E-Mail-Adresse bestätigen',
      lines: () => [
        'ein TaskFlow-Konto soll ab jetzt diese Adresse verwenden. Wenn du das möchtest, bestätige, dass sie dir gehört.',
        'Der Link gilt einmal, eine Stunde lang. Danach meldest du dich neu an.',
      ],
      action: 'Diese Adresse verwenden',
    },
    'reset-password': {
      subject: 'Neues Passwort setzen',
      lines: () => [
        'jemand hat für das TaskFlow-Konto dieser Adresse ein neues Passwort angefordert. Wenn du das warst, setze eines.',
        'Der Link gilt einmal, eine Stunde lang. Ohne ihn bleibt dein Passwort, wie es ist.',
      ],
      action: 'Neues Passwort setzen',
    },
    'new-sign-in': {
      subject: 'Neue Anmeldung bei deinem Konto',
      lines: ({ device, network }, when) => [
        `am ${when} gab es eine neue Anmeldung.`,
        `Gerät: ${device}`,
        `Netz: ${network}`,
      ],
    },
    'password-changed': {
      subject: 'Dein Passwort wurde geändert',
      lines: (_, when) => [`das Passwort deines TaskFlow-Kontos wurde am ${when} geändert.`],
    },
    'password-reset': {
      subject: 'Dein Passwort wurde zurückgesetzt',
      lines: (_, when) => [
        `am ${when} wurde mit einem Link aus einer Mail an dich ein neues Passwort gesetzt. Alle Geräte wurden abgemeldet.`,
      ],
    },
    'api-token-created': {
      subject: 'Neues API-Token für dein Konto',
      lines: ({ name }, when) => [`am ${when} wurde ein API-Token erstellt.`, `Name: ${name}`],
    },
    'passkey-added': {
      subject: 'Neuer Passkey für dein Konto',
      lines: ({ name }, when) => [
        `am ${when} wurde ein Passkey hinzugefügt: Er meldet bei deinem TaskFlow-Konto an.`,
        `Name: ${name}`,
      ],
    },
    'passkey-removed': {
      subject: 'Ein Passkey deines Kontos wurde entfernt',
      lines: ({ name }, when) => [`am ${when} wurde ein Passkey deines TaskFlow-Kontos entfernt.`, `Name: ${name}`],
    },
    'second-factor-added': {
      subject: 'Eine Authenticator-App wurde eingerichtet',
      lines: (_, when) => [
        `seit ${when} braucht die Anmeldung mit dem Passwort deines TaskFlow-Kontos einen Code einer Authenticator-App.`,
      ],
    },
    'second-factor-removed': {
      subject: 'Deine Authenticator-App wurde entfernt',
      lines: (_, when) => [
        `seit ${when} braucht die Anmeldung bei deinem TaskFlow-Konto keinen Code einer Authenticator-App mehr.`,
      ],
    },
    'recovery-codes-created': {
      subject: 'Neue Wiederherstellungscodes für dein Konto',
      lines: (_, when) => [
        `am ${when} wurden neue Wiederherstellungscodes für dein TaskFlow-Konto erstellt. Die vorherigen gelten nicht mehr.`,
      ],
    },
    'identity-linked': {
      subject: 'Ein weiteres Konto meldet sich bei deinem an',
      lines: ({ name }, when) => [`seit ${when} kann sich ein Konto von ${name} bei deinem TaskFlow-Konto anmelden.`],
    },
    'identity-unlinked': {
      subject: 'Ein Konto meldet sich nicht mehr bei deinem an',
      lines: ({ name }, when) => [
        `seit ${when} kann sich ein Konto von ${name} nicht mehr bei deinem TaskFlow-Konto anmelden.`,
      ],
    },
    'address-change-requested': {
      subject: 'Eine neue E-Mail-Adresse wurde angefordert',
      lines: ({ new_address }, when) => [
        `am ${when} hat jemand angefordert, dass dein TaskFlow-Konto ${new_address} statt dieser Adresse verwendet. Das geschieht, sobald die neue Adresse bestätigt ist.`,
      ],
    },
    'address-changed': {
      subject: 'Deine E-Mail-Adresse wurde geändert',
      lines: ({ new_address }, when) => [
        `dein TaskFlow-Konto verwendet seit ${when} ${new_address} statt dieser Adresse. Warst du das nicht, schreibe dem Betreiber dieses TaskFlow.`,
      ],
    },
  },
}
