import type { ActKind, Texts } from './texts.ts'

const verbs: Record<ActKind, string> = {
  complete: 'terminer',
  reopen: 'rouvrir',
  delete: 'supprimer',
  restore: 'restaurer',
  pause: 'suspendre',
  resume: 'reprendre',
  move: 'déplacer',
  remind: 'vous rappeler',
  snooze: 'rappeler plus tard',
  repeat: 'répéter',
  history: "montrer dans l'historique",
}
const s = (count: number): string => (count === 1 ? '' : 's')
const spaced = (text: string): string => (text ? ` ${text}` : '')
const joined = (parts: string[]): string => parts.filter(Boolean).join(' ')

export const fr: Texts = {
  introduction:
    "Je suis l'interpréteur intégré de TaskFlow, pas un modèle de langage : je comprends des phrases fixes en français, anglais, allemand et espagnol. Dites « aide » pour les voir.",
  help: (examples) => `Voici ce que je comprends :
${examples}

Je ne change une tâche que si la tâche visée est claire ; sinon je demande. Ce qui supprime, et ce qui change plusieurs tâches, attend votre confirmation. Les guillemets tiennent un titre ensemble : termine "laver et sécher".`,
  greeting: 'Bonjour ! Dites-moi quoi ajouter, trouver, terminer ou déplacer. « aide » montre des exemples.',
  welcome: 'Avec plaisir.',
  listening: 'Je vous écoute.',
  outOfStep: "J'ai perdu le fil et je me suis arrêté ici. Dites-le encore une fois.",
  notAvailable: (tool) => `Je ne peux pas faire cela ici : « ${tool} » n'est pas disponible.`,
  notUnderstood: (part, hint) =>
    `Je n'ai pas compris ${part} et je n'ai rien changé.${spaced(hint)} Dites « aide » pour voir ce que je comprends.`,
  tooLong: "C'est trop long pour moi.",
  otherLanguage: 'Je comprends seulement le français, l’anglais, l’allemand et l’espagnol.',
  mayBeTitle: 'Cela peut faire partie du titre précédent : mettez le titre entre "guillemets".',
  didYouMean: (words) => `Vouliez-vous dire « ${words} » ?`,

  weekdays: ['lun.', 'mar.', 'mer.', 'jeu.', 'ven.', 'sam.', 'dim.'],
  months: ['janv.', 'févr.', 'mars', 'avr.', 'mai', 'juin', 'juil.', 'août', 'sept.', 'oct.', 'nov.', 'déc.'],
  day: (weekday, day, month, year) => `${weekday} ${day} ${month}${spaced(year)}`,
  spans: {
    months: ['mois', 'mois'],
    weeks: ['semaine', 'semaines'],
    days: ['jour', 'jours'],
    hours: ['heure', 'heures'],
    minutes: ['minute', 'minutes'],
  },
  tasks: (count) => `${count} tâche${s(count)}`,
  done: 'terminée',
  overdue: 'en retard',
  repeats: 'se répète',

  should: (kind, where) => `Dois-je ${verbs[kind]} celle-ci${spaced(where)} ?`,
  whichOf: (count, kind, where) => `Laquelle de ces ${count} dois-je ${verbs[kind]}${spaced(where)} ?`,
  whichTask: (kind, where) => `Quelle tâche dois-je ${verbs[kind]}${spaced(where)} ? Dites des mots de son titre.`,
  byHow: (span, isEarlier) => `de ${span}${isEarlier ? ' plus tôt' : ''}`,
  toNoDate: 'sans date',
  toWhen: (when) => `au ${when}`,
  onlyCompleted: (count) =>
    count === 1
      ? "Je n'ai pas trouvé de tâche ouverte, mais une terminée."
      : 'Je n’ai trouvé que des tâches terminées.',
  notSureWhich: 'Je ne suis pas sûr de la tâche visée.',
  yesOrNo: 'Dites « oui » ou « non ».',
  moreMatch: "D'autres correspondent : dites plus de mots pour en voir une autre.",
  numberOrWords: 'Dites un numéro, des mots du titre, ou « aucune ».',
  moreTitles: "Il y en a d'autres : dites plus de mots du titre pour les voir.",
  whichAgain: "Je n'ai pas compris laquelle ; rien n'a été changé. Dites-le encore une fois, ou « aucune ».",
  showedOnly: (count) => `Je n'ai montré que ${count} tâche${s(count)}. Dites un de ces numéros, ou des mots du titre.`,
  noReference: "Je ne sais pas quelle tâche c'est. Dites des mots de son titre, ou affichez d'abord vos tâches.",
  oneAtATime: 'Je fais cela pour une tâche à la fois. Dites des mots de son titre.',
  tooManyAtOnce: "C'est plus que je ne fais à la fois (100 au plus) ; je n'ai rien changé.",
  noOpenTask: {
    overdue: ' en retard',
    all: '',
    tagged: (tag) => ` avec #${tag}`,
    due: (day) => ` pour ${day}`,
  },
  thereIsNo: (which) => `Il n'y a pas de tâche ouverte${which}.`,
  today: "aujourd'hui",
  tomorrow: 'demain',
  onlyByWords: 'Je ne trouve les tâches que par des mots. Dites une partie du titre.',
  notSure: (text) =>
    `Je ne suis pas sûr de ce que vous voulez avec ${text}, et je n'ai rien changé. Si c'est un titre, mettez-le entre "guillemets".`,
  foundNo: {
    restore: (text) =>
      `Je n'ai rien supprimé comme ${text} dans cette conversation. Ce qui est supprimé peut être restauré pendant 30 jours : avec « Undo » là où ce fut supprimé, ou dans la liste des tâches supprimées.`,
    pause: (text) =>
      `Je n'ai pas trouvé de tâche récurrente comme ${text}. Dites « montre les tâches récurrentes » pour les voir.`,
    resume: (text) => `Je n'ai pas trouvé de tâche récurrente suspendue comme ${text}.`,
    reopen: (text) => `Je n'ai pas trouvé de tâche terminée comme ${text}.`,
    history: (text) => `Je n'ai pas trouvé de tâche comme ${text}.`,
    remind: (text) =>
      `Je n'ai pas trouvé de tâche ouverte comme ${text}. Pour une nouvelle, dites « rappelle-moi de ... ».`,
    repeat: (text) =>
      `Je n'ai pas trouvé de tâche ouverte comme ${text}. Pour une nouvelle, dites « ajoute ... tous les ... ».`,
    other: (text) => `Je n'ai pas trouvé de tâche ouverte comme ${text} et je n'ai rien changé.`,
  },

  whenTo: {
    move: (what) => `À quand dois-je déplacer ${what} ?`,
    remind: (what) => `Quand dois-je vous rappeler ${what} ?`,
    snooze: (what) => `Pendant combien de temps, ou jusqu'à quand, le rappel de ${what} doit-il attendre ?`,
  },
  notATime: "Je n'ai pas pu lire cela comme une heure. Essayez « demain à 9h », ou dites « annule ».",
  failed: (reason) => `Cela n'a pas marché : ${reason}.`,
  couldNotLook: (reason) => `Je n'ai pas pu regarder : ${reason}.`,
  unreadable: "la réponse n'était pas lisible",
  nothingChanged: "Rien n'a été changé.",
  allRight: "D'accord, je n'ai rien changé.",
  waitingFor: (what) =>
    `Cela attend votre confirmation : ${what}. Rien ne se passe avant que vous confirmiez ; utilisez le bouton, je ne peux pas le faire pour vous.`,
  stillWaits: (what) => `Rien n'a été fait : ${what} attend encore. Annulez avec le bouton, ou laissez expirer.`,
  nothingAsked: "Je n'ai rien demandé. Dites-moi quoi faire.",
  act: (kind, what) => `${verbs[kind]} ${what}`,
  noDateToCount: (what) => `${what} n'a pas de date à partir de laquelle compter. Dites pour quel jour.`,
  noTimeToCount: (what) => `${what} est pour un jour, sans heure. Dites à quelle heure.`,
  wouldBePast: "Ce serait dans le passé ; je n'ai rien changé.",
  hasPassed: "Cette heure est passée ; je n'ai rien changé.",
  noDueDate: (what) => `${what} n'a pas d'échéance. Déplacez-la d'abord à un jour, ou dites une heure.`,
  noReminder: (what) => `${what} n'a pas de rappel. Dites « rappelle-moi ... » pour en ajouter un.`,
  couldNot: (kind, what, reason) => `Je n'ai pas pu ${verbs[kind]} ${what} : ${reason}.`,
  did: {
    complete: (what) => `C'est fait : j'ai terminé ${what}.`,
    reopen: (what) => `J'ai rouvert ${what}.`,
    delete: (what) => `J'ai supprimé ${what}.`,
    restore: (what) => `J'ai restauré ${what}.`,
    undate: (what) => `${what} n'a plus d'échéance.`,
    move: (what, due) => `J'ai déplacé ${what}${due ? ` au ${due}` : ''}.`,
    remindAt: (what, at) => `Je vous rappellerai ${what} le ${at}.`,
    remind: (what, due) => `Je vous rappellerai ${what}${due ? `, pour ${due}` : ''}, comme demandé.`,
    snooze: (what, until) => `Le rappel de ${what} attend${until ? ` jusqu'au ${until}` : ''}.`,
    repeat: (what, due) => `${what} se répète maintenant${due ? ` ; pour ${due}` : ''}.`,
    pause: (what, title) =>
      `J'ai suspendu ${what} : pas de nouvelles tâches avant que vous disiez « reprends ${title} ».`,
    resume: (what, next) => `J'ai repris ${what}${next ? ` ; la prochaine fois ${next}` : ''}.`,
  },
  events: {
    'task.created': 'créée',
    'task.updated': 'changée',
    'task.completed': 'terminée',
    'task.reopened': 'rouverte',
    'task.deleted': 'supprimée',
    'task.restored': 'restaurée',
  },
  history: (line) => `Ce qui est arrivé à ${line}, le plus récent d'abord :`,
  noHistory: (what) => `Rien n'est encore enregistré pour ${what}.`,

  whatToAdd: 'Que dois-je ajouter ?',
  added: (line) => `J'ai ajouté ${line}.`,
  addedMany: (count) => `J'ai ajouté ${count} tâche${s(count)} :`,
  willRemind: 'Je vous le rappellerai.',
  addWhat: (count) => `ajouter ${count} tâche${s(count)}`,
  couldNotAdd: (what, reason) => `Je n'ai pas pu ajouter ${what} : ${reason}.`,
  nothingAdded: "Rien n'a été ajouté.",
  whenRemindTo: (what) => `Quand dois-je vous rappeler ${what} ?`,

  nothingIs: {
    overdue: "Rien n'est en retard.",
    today: "Rien n'est prévu aujourd'hui.",
    tomorrow: "Rien n'est prévu demain.",
    week: "Rien n'est prévu dans les sept jours.",
  },
  dueTasks: (count, range) =>
    `${count} tâche${s(count)} ${{ overdue: 'en retard', today: "pour aujourd'hui", tomorrow: 'pour demain', week: 'dans les sept jours' }[range]}`,
  overdueTasks: (count) => `${count} tâche${s(count)} en retard`,
  youHave: (parts) => `Vous avez ${parts.join(' et ')} :`,
  moreThanShown: 'Il y en a plus que je ne peux montrer ici.',
  list: ({ state, isOverdue, priority, tags, category, days }, count) => {
    const end = count === '1' || count === '0' ? '' : 's'
    return joined([
      `tâche${end}`,
      state === 'all' ? '' : `${{ open: 'ouverte', completed: 'terminée' }[state]}${end}`,
      isOverdue ? 'en retard' : '',
      priority ? `de ${{ high: 'haute', medium: 'moyenne', low: 'basse' }[priority]} priorité` : '',
      ...tags.map((tag) => `avec #${tag}`),
      category ? `dans ${category}` : '',
      days ? (days.length === 1 ? `pour ${days[0]}` : `de ${days[0]} à ${days[1]}`) : '',
    ])
  },
  haveNo: (what) => `Vous n'avez aucune ${what}.`,
  have: (count, what) => `Vous avez ${count} ${what} :`,
  moreThan: (count) => `plus de ${count}`,
  firstOfThem: 'Ce sont les premières.',
  noSeries: "Vous n'avez pas de tâches récurrentes.",
  haveSeries: (count) => `Vous avez ${count} tâche${s(count)} récurrente${s(count)} :`,
  nextOn: (day) => `la prochaine fois ${day}`,
  pausedOrEnded: 'suspendue ou finie',
  sayTitle: 'Je trouve les tâches par des mots. Dites une partie du titre.',
  foundNone: (what) => `Je n'ai pas trouvé de tâche comme ${what}.`,
  foundOne: (line, isDone) => `J'ai trouvé ${line} : elle est ${isDone ? 'terminée' : 'ouverte'}.`,
  foundAlike: (what) => `Rien ne correspond à ${what}, mais ceci y ressemble :`,
  foundMany: (count) => `J'ai trouvé ${count} tâche${s(count)} :`,
  sayMore: "Il y en a d'autres : dites plus de mots.",
  never: 'jamais',

  undo: 'Utilisez le bouton « Undo » à côté du changement : il remet tout comme avant. Ce qui a été supprimé dans cette conversation revient aussi avec « restaure ... ».',
  alsoSaid: (text) => `Je n'ai rien changé, parce que vous avez aussi dit ${text}.`,
  tooManyThings: (count) => `C'est plus de ${count} choses à la fois ; je n'en ai fait aucune.`,
  setsAlone:
    "Ce qui concerne plusieurs tâches à la fois, je le fais seul : dites-le dans un message à part. Je n'ai rien fait jusqu'ici.",
  leftOut: (texts) => `J'ai laissé le reste de côté : ${texts}.`,

  refused: {
    question: (words) => `Je ne change rien sur une question. Si je dois le faire, dites : ${words}`,
    anyQuestion: 'Je ne change rien sur une question. Dites-moi quoi faire.',
    negation: "Je n'ai rien fait : je lis cela comme quelque chose à ne pas faire.",
    condition: "Je ne peux pas attendre une condition ; je n'ai rien fait. Dites-le quand le moment sera venu.",
    title: (most) => `C'est trop long pour un titre : ${most} caractères au plus.`,
    tasks: (most) => `J'ajoute au plus ${most} tâches à la fois.`,
    part: "Je ne peux pas changer cette partie d'une tâche par des mots : ouvrez la tâche pour la modifier.",
    elsewhere: "Je ne peux pas faire cela d'ici.",
    reminders: 'Je ne peux pas retirer de rappels par des mots : ouvrez la tâche pour la modifier.',
    cancel: (what) => `Annuler peut vouloir dire deux choses. Dites « termine ${what} » ou « supprime ${what} ».`,
  },
  hints: {
    titleToo: "Une tâche a besoin d'un titre en plus de sa date : essayez « ajoute appeler Bob demain ».",
    repeat: "Je n'ai pas pu lire à quelle fréquence : essayez « répète ... tous les lundis à 9h ».",
    preview: "Je n'ai pas pu lire à quelle fréquence : essayez « aperçu chaque dernier vendredi du mois ».",
    move: "Je n'ai pas pu lire la nouvelle date : essayez « déplace ... à vendredi à 15h ».",
    remind: "Dites quoi et quand : « rappelle-moi d'appeler Bob demain à 9h ».",
    completedDay: 'Je ne sais pas quel jour vous avez terminé quoi : dites « montre les tâches terminées ».',
    ifDone: (what) => `Si c'est fait, dites « termine ${what} ».`,
    toNote: (what) => `Pour le noter, dites « ajoute ${what} ».`,
  },
}
