import type { AccountMailTexts } from './text-types.ts'

export const es: AccountMailTexts = {
  hello: 'Hola:',
  notYou: '¿No fuiste tú? Elige ahora una contraseña nueva:',
  refuse: '¿No lo has pedido? No hagas nada, o detén todos los correos a esta dirección',
  kinds: {
    'confirm-address': {
      subject: 'Confirma tu dirección de correo',
      lines: () => [
        'alguien ha creado una cuenta de TaskFlow con esta dirección. Si fuiste tú, confirma que es tuya.',
        'El enlace sirve una vez, durante 24 horas.',
      ],
      action: 'Confirmar esta dirección',
    },
    'confirm-new-address': {
      subject: 'Confirma tu nueva dirección de correo',
      lines: () => [
        'una cuenta de TaskFlow va a usar esta dirección a partir de ahora. Si lo has pedido, confirma que es tuya.',
        'El enlace sirve una vez, durante una hora. Después inicias sesión de nuevo.',
      ],
      action: 'Usar esta dirección',
    },
    'reset-password': {
      subject: 'Elige una contraseña nueva',
      lines: () => [
        'alguien ha pedido una contraseña nueva para la cuenta de TaskFlow de esta dirección. Si fuiste tú, elige una.',
        'El enlace sirve una vez, durante una hora. Sin él, tu contraseña no cambia.',
      ],
      action: 'Elegir una contraseña nueva',
    },
    'new-sign-in': {
      subject: 'Nuevo inicio de sesión en tu cuenta',
      lines: ({ device, network }, when) => [
        `hubo un nuevo inicio de sesión el ${when}.`,
        `Dispositivo: ${device}`,
        `Red: ${network}`,
      ],
    },
    'password-changed': {
      subject: 'Se ha cambiado tu contraseña',
      lines: (_, when) => [`la contraseña de tu cuenta de TaskFlow se cambió el ${when}.`],
    },
    'password-reset': {
      subject: 'Se ha restablecido tu contraseña',
      lines: (_, when) => [
        `se eligió una contraseña nueva con un enlace enviado a esta dirección, el ${when}. Se cerró la sesión en todos los dispositivos.`,
      ],
    },
    'api-token-created': {
      subject: 'Un nuevo token de API para tu cuenta',
      lines: ({ name }, when) => [`se creó un token de API el ${when}.`, `Nombre: ${name}`],
    },
    'passkey-added': {
      subject: 'Una nueva clave de acceso para tu cuenta',
      lines: ({ name }, when) => [
        `se añadió una clave de acceso el ${when}: inicia sesión en tu cuenta de TaskFlow.`,
        `Nombre: ${name}`,
      ],
    },
    'passkey-removed': {
      subject: 'Se ha eliminado una clave de acceso de tu cuenta',
      lines: ({ name }, when) => [
        `se eliminó una clave de acceso de tu cuenta de TaskFlow el ${when}.`,
        `Nombre: ${name}`,
      ],
    },
    'second-factor-added': {
      subject: 'Se ha configurado una aplicación de autenticación',
      lines: (_, when) => [
        `desde el ${when}, iniciar sesión con la contraseña de tu cuenta de TaskFlow requiere un código de una aplicación de autenticación.`,
      ],
    },
    'second-factor-removed': {
      subject: 'Se ha eliminado tu aplicación de autenticación',
      lines: (_, when) => [
        `desde el ${when}, iniciar sesión en tu cuenta de TaskFlow ya no requiere un código de una aplicación de autenticación.`,
      ],
    },
    'recovery-codes-created': {
      subject: 'Nuevos códigos de recuperación para tu cuenta',
      lines: (_, when) => [
        `se crearon nuevos códigos de recuperación para tu cuenta de TaskFlow el ${when}. Los anteriores ya no sirven.`,
      ],
    },
    'identity-linked': {
      subject: 'Otra cuenta inicia sesión en la tuya',
      lines: ({ name }, when) => [`desde el ${when}, una cuenta de ${name} inicia sesión en tu cuenta de TaskFlow.`],
    },
    'identity-unlinked': {
      subject: 'Una cuenta ya no inicia sesión en la tuya',
      lines: ({ name }, when) => [
        `desde el ${when}, una cuenta de ${name} ya no inicia sesión en tu cuenta de TaskFlow.`,
      ],
    },
    'address-change-requested': {
      subject: 'Se ha pedido una nueva dirección de correo',
      lines: ({ new_address }, when) => [
        `el ${when} alguien pidió que tu cuenta de TaskFlow use ${new_address} en lugar de esta dirección. Ocurrirá cuando se confirme la nueva dirección.`,
      ],
    },
    'address-changed': {
      subject: 'Se ha cambiado tu dirección de correo',
      lines: ({ new_address }, when) => [
        `tu cuenta de TaskFlow usa ${new_address} en lugar de esta dirección desde el ${when}. Si no fuiste tú, escribe al operador de este TaskFlow.`,
      ],
    },
  },
}
