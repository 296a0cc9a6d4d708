import type { AccountMailTexts } from './text-types.ts'

export const en: AccountMailTexts = {
  hello: 'Hello,',
  notYou: 'If that was not you, set a new password now:',
  refuse: 'You did not ask for this? Then do nothing, or stop all mail to this address',
  kinds: {
    'confirm-address': {
      subject: 'Confirm your e-mail address',
      lines: () => [
        'somebody created a TaskFlow account with this address. If it was you, confirm that the address is yours.',
        'The link works once, for 24 hours.',
      ],
      action: 'Confirm this address',
    },
    'confirm-new-address': {
      subject: 'Confirm your new e-mail address',
      lines: () => [
        'a TaskFlow account is to use this address from now on. If you asked for that, confirm that the address is yours.',
        'The link works once, for an hour. You then sign in again.',
      ],
      action: 'Use this address',
    },
    'reset-password': {
      subject: 'Set a new password',
      lines: () => [
        'somebody asked for a new password for the TaskFlow account of this address. If it was you, set one.',
        'The link works once, for an hour. Without it, your password stays as it is.',
      ],
      action: 'Set a new password',
    },
    'new-sign-in': {
      subject: 'New sign-in to your account',
      lines: ({ device, network }, when) => [
        `there was a new sign-in on ${when}.`,
        `Device: ${device}`,
        `Network: ${network}`,
      ],
    },
    'password-changed': {
      subject: 'Your password was changed',
      lines: (_, when) => [`the password of your TaskFlow account was changed on ${when}.`],
    },
    'password-reset': {
      subject: 'Your password was reset',
      lines: (_, when) => [`a new password was set by a link mailed to you, on ${when}. All devices were signed out.`],
    },
    'api-token-created': {
      subject: 'A new API token for your account',
      lines: ({ name }, when) => [`an API token was created on ${when}.`, `Name: ${name}`],
    },
    'passkey-added': {
      subject: 'A new passkey for your account',
      lines: ({ name }, when) => [
        `a passkey was added on ${when}: it signs in to your TaskFlow account.`,
        `Name: ${name}`,
      ],
    },
    'passkey-removed': {
      subject: 'A passkey of your account was removed',
      lines: ({ name }, when) => [`a passkey of your TaskFlow account was removed on ${when}.`, `Name: ${name}`],
    },
    'second-factor-added': {
      subject: 'An authenticator app was set up',
      lines: (_, when) => [
        `since ${when}, a sign-in with the password of your TaskFlow account needs a code of an authenticator app.`,
      ],
    },
    'second-factor-removed': {
      subject: 'Your authenticator app was removed',
      lines: (_, when) => [
        `since ${when}, a sign-in to your TaskFlow account needs no code of an authenticator app any more.`,
      ],
    },
    'recovery-codes-created': {
      subject: 'New recovery codes for your account',
      lines: (_, when) => [
        `new recovery codes were made for your TaskFlow account on ${when}. The ones before no longer work.`,
      ],
    },
    'identity-linked': {
      subject: 'Another account signs in to yours',
      lines: ({ name }, when) => [`since ${when}, an account of ${name} signs in to your TaskFlow account.`],
    },
    'identity-unlinked': {
      subject: 'An account no longer signs in to yours',
      lines: ({ name }, when) => [`since ${when}, an account of ${name} no longer signs in to your TaskFlow account.`],
    },
    'address-change-requested': {
      subject: 'A new e-mail address was asked for',
      lines: ({ new_address }, when) => [
        `on ${when} somebody asked that your TaskFlow account use ${new_address} instead of this address. That happens once the new address is confirmed.`,
      ],
    },
    'address-changed': {
      subject: 'Your e-mail address was changed',
      lines: ({ new_address }, when) => [
        `your TaskFlow account has used ${new_address} instead of this address since ${when}. If that was not you, write to the operator of this TaskFlow.`,
      ],
    },
  },
}
