import type { AccountMailTexts } from './text-types.ts'

/** In French a no-break space stands before a colon and a question mark. */
export const fr: AccountMailTexts = {
  hello: 'Bonjour,',
  notYou: 'Ce n’était pas vous\u00a0? Choisissez tout de suite un nouveau mot de passe\u00a0:',
  refuse: 'Vous n’avez rien demandé\u00a0? Ne faites rien, ou arrêtez tout e-mail à cette adresse',
  kinds: {
    'confirm-address': {
      subject: 'Confirmez votre adresse e-mail',
      lines: () => [
        'quelqu’un a créé un compte TaskFlow avec cette adresse. Si c’était vous, confirmez qu’elle est la vôtre.',
        'Le lien sert une fois, pendant 24 heures.',
      ],
      action: 'Confirmer cette adresse',
    },
    'confirm-new-address': {
      subject: 'Confirmez votre nouvelle adresse e-mail',
      lines: () => [
        'un compte TaskFlow doit désormais utiliser cette adresse. Si vous l’avez demandé, confirmez qu’elle est la vôtre.',
        'Le lien sert une fois, pendant une heure. Ensuite, vous vous reconnectez.',
      ],
      action: 'Utiliser cette adresse',
    },
    'reset-password': {
      subject: 'Choisissez un nouveau mot de passe',
      lines: () => [
        'quelqu’un a demandé un nouveau mot de passe pour le compte TaskFlow de cette adresse. Si c’était vous, choisissez-en un.',
        'Le lien sert une fois, pendant une heure. Sans lui, votre mot de passe ne change pas.',
      ],
      action: 'Choisir un nouveau mot de passe',
    },
    'new-sign-in': {
      subject: 'Nouvelle connexion à votre compte',
      lines: ({ device, network }, when) => [
        `il y a eu une nouvelle connexion le ${when}.`,
        `Appareil\u00a0: ${device}`,
        `Réseau\u00a0: ${network}`,
      ],
    },
    'password-changed': {
      subject: 'Votre mot de passe a été modifié',
      lines: (_, when) => [`le mot de passe de votre compte TaskFlow a été modifié le ${when}.`],
    },
    'password-reset': {
      subject: 'Votre mot de passe a été réinitialisé',
      lines: (_, when) => [
        `un nouveau mot de passe a été choisi par un lien envoyé à cette adresse, le ${when}. Tous les appareils ont été déconnectés.`,
      ],
    },
    'api-token-created': {
      subject: 'Un nouveau jeton d’API pour votre compte',
      lines: ({ name }, when) => [`un jeton d’API a été créé le ${when}.`, `Nom\u00a0: ${name}`],
    },
    'passkey-added': {
      subject: 'Une nouvelle clé d’accès pour votre compte',
      lines: ({ name }, when) => [
        `une clé d’accès a été ajoutée le ${when}\u00a0: elle permet de se connecter à votre compte TaskFlow.`,
        `Nom\u00a0: ${name}`,
      ],
    },
    'passkey-removed': {
      subject: 'Une clé d’accès de votre compte a été supprimée',
      lines: ({ name }, when) => [
        `une clé d’accès de votre compte TaskFlow a été supprimée le ${when}.`,
        `Nom\u00a0: ${name}`,
      ],
    },
    'second-factor-added': {
      subject: 'Une application d’authentification a été configurée',
      lines: (_, when) => [
        `depuis le ${when}, se connecter avec le mot de passe de votre compte TaskFlow demande un code d’une application d’authentification.`,
      ],
    },
    'second-factor-removed': {
      subject: 'Votre application d’authentification a été retirée',
      lines: (_, when) => [
        `depuis le ${when}, se connecter à votre compte TaskFlow ne demande plus de code d’une application d’authentification.`,
      ],
    },
    'recovery-codes-created': {
      subject: 'De nouveaux codes de récupération pour votre compte',
      lines: (_, when) => [
        `de nouveaux codes de récupération ont été créés pour votre compte TaskFlow le ${when}. Les précédents ne servent plus.`,
      ],
    },
    'identity-linked': {
      subject: 'Un autre compte se connecte au vôtre',
      lines: ({ name }, when) => [`depuis le ${when}, un compte ${name} se connecte à votre compte TaskFlow.`],
    },
    'identity-unlinked': {
      subject: 'Un compte ne se connecte plus au vôtre',
      lines: ({ name }, when) => [`depuis le ${when}, un compte ${name} ne se connecte plus à votre compte TaskFlow.`],
    },
    'address-change-requested': {
      subject: 'Une nouvelle adresse e-mail a été demandée',
      lines: ({ new_address }, when) => [
        `le ${when}, quelqu’un a demandé que votre compte TaskFlow utilise ${new_address} au lieu de cette adresse. Cela se fera quand la nouvelle adresse sera confirmée.`,
      ],
    },
    'address-changed': {
      subject: 'Votre adresse e-mail a été modifiée',
      lines: ({ new_address }, when) => [
        `votre compte TaskFlow utilise ${new_address} au lieu de cette adresse depuis le ${when}. Si ce n’était pas vous, écrivez à l’exploitant de ce TaskFlow.`,
      ],
    },
  },
}
