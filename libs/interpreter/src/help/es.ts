import type { Help } from './help.ts'

export const es: Help = [
  {
    does: 'Añadir',
    examples: [
      'añade comprar leche',
      'añade pagar el alquiler el 1 de cada mes a las 9 #casa !high',
      'nueva tarea: dentista el 3 de diciembre a las 14:30',
      'pon huevos en mi lista',
      'nuevas tareas: leche, huevos, pan',
      'añade "leer todos los lunes"',
    ],
  },
  {
    does: 'Qué vence',
    examples: [
      '¿qué vence hoy?',
      '¿qué tengo mañana?',
      '¿qué tareas están vencidas?',
      'agenda',
      'esta semana',
      '¿qué tengo el viernes?',
    ],
  },
  {
    does: 'Listar',
    examples: [
      'muestra mis tareas',
      'muestra las tareas #home',
      'muestra las tareas de alta prioridad',
      'muestra las tareas completadas',
      '¿cuántas tareas tengo?',
      'muestra las tareas recurrentes',
    ],
  },
  {
    does: 'Buscar',
    examples: [
      'busca dentista',
      '¿cuándo es el dentista?',
      '¿dónde está el informe?',
      '¿está pagar el alquiler hecho?',
    ],
  },
  {
    does: 'Completar',
    examples: [
      'completa comprar leche',
      'marca pagar el alquiler como hecho',
      'tacha comprar leche',
      'he terminado el informe',
      'completa todas las tareas vencidas',
    ],
  },
  { does: 'Reabrir', examples: ['reabre impuesto viejo', 'marca impuesto viejo como no hecho'] },
  {
    does: 'Mover',
    examples: [
      'mueve dentista al próximo viernes a las 15:00',
      'aplaza pagar el alquiler hasta el lunes',
      'retrasa el informe 2 días',
      'adelanta el informe 1 día',
      'quita la fecha de comprar leche',
      'mueve todas las tareas de hoy a mañana',
    ],
  },
  {
    does: 'Borrar',
    examples: [
      'borra comprar leche',
      'borra la tarea dentista',
      'borra todas las tareas con #work',
      'restaura comprar leche',
    ],
  },
  {
    does: 'Recordar',
    examples: [
      'recuérdame llamar a Bob mañana a las 9',
      'recuérdame todos los días a las 8 tomar las pastillas',
      'recuérdame el dentista 2 horas antes',
      'recuérdame el viernes a las 8 el dentista',
    ],
  },
  {
    does: 'Posponer un recordatorio',
    examples: [
      'pospón el recordatorio de dentista 30 minutos',
      'pospón el recordatorio de dentista hasta mañana a las 9',
    ],
  },
  {
    does: 'Repetir',
    examples: [
      'repite gimnasio todos los lunes a las 18:00',
      'pausa gimnasio',
      'reanuda yoga',
      'vista previa cada último viernes del mes',
    ],
  },
  { does: 'Historial', examples: ['historial de pagar el alquiler', '¿qué ha pasado con pagar el alquiler?'] },
  {
    does: 'Tras una respuesta',
    examples: ['completa esa', 'completa 2', 'borra la última', 'completa 1 y 3', 'deshacer', 'sí', 'no', 'olvídalo'],
  },
]
