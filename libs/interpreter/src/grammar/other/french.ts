import { loose, wholly } from '../../words/pattern.ts'
import type { Commands } from './commands.ts'
import { grammarOf } from './from-commands.ts'

const task = '(?:tâche|todo|to-do)'
const done = '(?:faite?|terminée?|finie?|accomplie?|complétée?)'
const list = '(?:à|sur|dans) (?:ma|la) (?:to-?do )?liste(?: de tâches)?'
const verb = (imperative: string, infinitive: string) => `(?:${imperative}|${infinitive})`

const add = verb('ajoutez?|ajoutes|créez?|crée|crées|notez?|notes?', 'ajouter|créer|noter')
const complete = verb(
  'terminez?|termine|finis|finissez|complète|complétez|coche[sz]?|accomplis',
  'terminer|finir|compléter|cocher|accomplir',
)
const remove = verb('supprimez?|supprimes|effacez?|effaces|enlevez?|retire[sz]?', 'supprimer|effacer|enlever|retirer')
const move = verb(
  'déplacez?|déplaces|reportez?|repousse[sz]?|décale[sz]?|reprogramme[sz]?|avance[sz]?',
  'déplacer|reporter|repousser|décaler|reprogrammer|avancer',
)
const show = 'montrez?|affichez?|listez?|donnez?'
const reminder = '(?:rappelle[sz]?-moi|rappelez-moi|rappelle moi|me rappeler)'
const newReminder = '(?:ajoutez?|créez?|crée|mets) un rappel'
const snooze = '(?:snooze|mets en veille|rappelle-moi plus tard)'

const table: Commands = {
  language: 'fr',
  apart: (words) => words.replace(/^(\p{L}+)-(le|la|les)(?![\p{L}-])/iu, '$1 $2'),
  changing: `${complete}|marque[sz]?|${remove}|${move}|mets|suspends|reprends|rouvre|restaure|répète|j'ai|renomme`,
  harmless: `${add}|nouvelle tâche|${reminder}|${show}|trouve|cherche|qu'est-ce|quelles?|quand|combien|aide|agenda|aperçu|annuler`,
  adding: `${add}|nouvelle tâche|${reminder}|tâche|todo|note|n'oublie pas|mets .+ sur (?:ma|la) liste`,
  between: 'et puis|et ensuite|puis|ensuite|et aussi',
  takingBack:
    "non|nan|laisse tomber|oublie(?: ça)?|peu importe|(?:je )?(?:plaisante|rigole)|ne|n'|annule|stop|arrête|attends|merci|en fait|finalement non",
  taskList: '(?:ajoute|crée|nouvelles)(?: \\S+)*? (?:tâches|todos|to-dos)',
  polite:
    "salut|bonjour|bonsoir|coucou|ok|d'accord|s'il te plaît|s'il vous plaît|stp|svp|alors|bon|maintenant|et|puis|taskflow|super|merci",
  asking:
    "(?:peux-tu|tu peux|pourrais-tu|tu pourrais|veux-tu|pouvez-vous|pourriez-vous|vous pouvez|est-ce que tu peux|je (?:veux|voudrais|souhaite)|j'aimerais) (?:bien |s'il te plaît |s'il vous plaît |stp |svp |que tu )*",
  thanks: "s'il te plaît|s'il vous plaît|stp|svp|merci|merci beaucoup|pour moi|maintenant|tout de suite",
  please: "s'il te plaît|s'il vous plaît|stp|svp",
  talk: {
    help: [
      "(?:à )?l'aide|aide(?:-moi)?|aidez-moi",
      'commandes',
      "(?:montre|affiche)(?:-moi)? (?:l'aide|les commandes|les exemples)",
      "(?:que|qu'est-ce que) (?:peux-tu|tu peux|sais-tu|tu sais|tu comprends|comprends-tu)(?: faire| comprendre)?",
      'que puis-je (?:dire|demander|faire|écrire)(?: ici)?',
      'comment (?:ça marche|ça fonctionne|cela fonctionne|utiliser ceci)',
      "peux-tu m'aider|tu peux m'aider",
    ],
    about: [
      "qui es-tu|tu es qui|qu'es-tu|t'es qui",
      '(?:es-tu|tu es) (?:un |une )?(?:vraie? )*(?:humaine?|personne|bot|robot|ia|modèle de langage|machine|assistante?|chatgpt|gpt|claude)',
      "(?:est-ce|c'est) (?:un |une )?(?:ia|bot|modèle de langage)",
    ],
    greeting: [
      '(?:salut|bonjour|bonsoir|coucou|hello)(?: à tous| taskflow| toi)*',
      '(?:comment )?(?:ça va|vas-tu|allez-vous)',
    ],
    thanks: [
      '(?:(?:ok|super|parfait|génial),? )?(?:merci|merci beaucoup|merci bien|un grand merci)(?: à toi| taskflow)*',
      "super|parfait|génial|cool|bravo|au revoir|à bientôt|salut salut|bonne nuit|bonne journée|stp|s'il te plaît",
    ],
    yes: [
      "(?:oui|ouais|o|bien sûr|ok|d'accord|exact|exactement|vas-y|fais-le|c'est ça)(?: merci| stp)*",
      "oui,? (?:s'il te plaît|stp|vas-y|fais-le)",
    ],
    no: [
      '(?:non|nan|n|annule|annuler|stop|arrête|attends|pas maintenant|rien|laisse|laisse tomber|peu importe|finalement non)(?: merci)?',
      'non,? (?:merci|annule|laisse tomber|ne fais rien)',
      'oublie(?: ça| cela)?|pas ça|ne fais rien',
      "(?:c'était )?(?:une )?blague|je (?:plaisante|rigole)",
      "aucune?(?: d'elles| des deux)?",
    ],
  },
  negation: [
    "(?:non,? |mais |et |surtout )*(?:ne (?!oublie)|n'(?!oublie)|pas |jamais |sans |surtout pas ).+",
    "(?:tu|je|il|on|nous|vous) (?:ne |n').+",
    '(?:il ne faut|faut) pas .+',
    `(?:${remove}|${complete}|${move}) (?:ne|n'|pas|jamais)(?: .*)?`,
    `(?:${remove}|${complete}|${move}) .* (?:pas|jamais)`,
  ],
  condition: [
    "(?:s'ils?|lorsqu'|dès qu') ?.+",
    "(?:si|quand(?! (?:est|sont|a lieu|dois|c'est|tombe|ai-je)(?!\\p{L}))|lorsque|dès que|une fois que|avant que|avant de|après que|après avoir|jusqu'à ce que|tant que|au cas où|pourvu que|en cas de) .+",
  ],
  howTo: [
    'comment (?:puis-je|je peux|est-ce que je|faire pour|dois-je|on peut) .+',
    `comment (?:supprimer|terminer|déplacer|ajouter|créer|faire|répéter) .+`,
  ],
  question: [
    "(?:dois-je|devrais-je|puis-je|pourrais-je|est-ce que je (?:dois|peux|devrais)|faut-il|est-ce qu'il faut) (?!faire (?:aujourd|demain)).+",
  ],
  refused: {
    part: [
      "(?:change|changer|modifie|modifier|supprime|enlève|retire|mets|mettre) (?:la |le |les |l'|une? |toutes les )*(?:étiquettes?|tags?|#\\S+|priorité|catégorie|description|notes?|sous-tâches?|titre|nom)(?: .*)? (?:de|du|des|à|sur|d'|pour).+",
      '(?:renomme|renommer|étiquette|étiqueter|priorise) .+',
      "ajoute (?:l'|le )?(?:#\\S+|(?:étiquette|tag) \\S+) (?:à|au|sur) .+",
      `marque[sz]? .+ comme (?!(?:non |pas (?:encore )?)?${done}$|ouverte?$|à faire$).+`,
    ],
    elsewhere: [
      '(?:supprime|supprimer|efface|effacer|vide|vider|ferme|fermer|clôture) (?:mon |ma |mes |le |la |les |tous |toutes |ce )*(?:compte|profil|utilisateur|historique|conversations?|chats?|messages?|données|base de données|corbeille)',
    ],
    reminders: [
      '(?:supprime|supprimer|efface|enlève|retire|arrête|désactive|désactiver) (?:le |la |les |mes |mon |tous |ce )*rappels?(?: .*)?',
    ],
    cancel: ['(?:annule|annuler|décommande) (?!ça$|cela$|tout$|la dernière)(?<o>.+)'],
  },
  find: [
    `(?:trouve|trouver|cherche|chercher|recherche)(?:-moi)?(?: (?:toutes )?(?:mes |les |la |une )?tâches? (?:sur|avec|pour|de|nommée))? (?<o>.+)`,
    'où (?:est|sont|en est) (?<o>.+)',
    "quand (?:est|sont|a lieu|dois-je|est-ce que je dois|c'est) (?<o>.+?)(?: prévue?| due?)?",
    "(?:qu'en est-il|quoi de neuf|et) (?:de |du |pour )(?<o>.+)",
    `(?:ai-je|est-ce que j'ai) (?:déjà )?(?:terminé|fini|fait|complété) (?<o>.+)`,
    `est-ce que (?<o>.+?) (?:est|sont) (?:déjà |encore )?(?:${done}s?|ouverte?s?|due?|en retard)`,
    `(?<o>.+?) (?:est|sont)-(?:elle|il|elles|ils) (?:déjà |encore )?(?:${done}s?|ouverte?s?|due?|en retard)`,
    "(?:ai-je|y a-t-il|est-ce que j'ai) une tâche (?:pour|sur|avec|à propos de) (?<o>.+)",
  ],
  preview: [
    '(?:aperçu|explique|prévisualise)(?: (?:de|du|pour))?:? (?<o>.+)',
    '(?:quand (?:est|tombe)|quelles dates) (?<o>(?:chaque|tous les|toutes les) .+)',
    '(?:montre(?:-moi)? |donne(?:-moi)? )?les (?<count>\\d{1,2} )?prochaines (?:dates|fois|occurrences) (?:de|pour) (?<o>.+)',
  ],
  history: [
    "(?:montre(?:-moi)? |affiche )?(?:l'historique|historique|le journal|les changements) (?:de |du |des |de la |d'|pour )(?<o>.+)",
    "(?:qu'est-il arrivé|que s'est-il passé|qu'est-ce qui s'est passé|qu'est-ce qui est arrivé|qu'est-ce qui a changé) (?:à|au|avec|pour|dans) (?<o>.+)",
    'quand ai-je (?:créé|ajouté|modifié|changé) (?<o>.+)',
  ],
  complete: [
    `(?:marque[sz]?|marquer|mets|mettre) (?<o>.+?) (?:comme |à |en )?${done}`,
    `${complete}(?: (?<o>.+))?`,
    `(?:raye|barre|rayer|barrer) (?<o>.+)`,
    `j'ai (?:déjà |juste |bien )?(?:terminé|fini|fait|complété) (?<o>.+)`,
    "(?:j'en ai |j'ai )?(?:terminé|fini) avec (?<o>.+)",
  ],
  reopen: [
    `(?:marque[sz]?|marquer|mets) (?<o>.+?) (?:comme )(?:non |pas (?:encore )?)${done}`,
    '(?:marque[sz]?|marquer|mets) (?<o>.+?) (?:comme )(?:ouverte?|à faire)',
    '(?:rouvre[sz]?|rouvrir|réouvre|décoche[sz]?|décocher)(?: (?<o>.+))?',
  ],
  delete: [`${remove}(?: (?<o>.+?))?(?: de (?:ma|la) liste)?`],
  restore: ['(?:restaure[sz]?|restaurer|récupère|récupérer|rétablis)(?: (?<o>.+))?'],
  undo: [
    'annule(?:r|z)?(?: (?:ça|cela|la dernière (?:action|modification|chose)))',
    'défais(?: ça| cela)?',
    'reviens en arrière',
  ],
  pause: [
    '(?:suspends|suspendre|mets en pause|mettre en pause)(?: la série)?(?: (?<o>.+))?',
    'mets (?<o>.+?) en pause',
    'arrête de répéter (?<o>.+)',
    'ne répète plus (?<o>.+)',
  ],
  resume: [
    '(?:reprends|reprendre|relance|relancer|continue)(?: la série)?(?: (?<o>.+))?',
    'recommence à répéter (?<o>.+)',
  ],
  repeat: ['(?:répète|répéter|répétez) (?<o>.+)', 'fais répéter (?<o>.+)'],
  undate: [
    "(?:supprime|supprimer|enlève|enlever|retire|retirer|efface) (?:la |l'|sa )?(?:date(?: d'échéance| limite)?|échéance)(?: (?:de |du |des |de la |d')(?<o>.+))?",
  ],
  move: [
    "(?:change|changer|mets|déplace) (?:la |l'|le )?(?:date(?: d'échéance| limite)?|échéance|heure) (?:de |du |des |d')(?<o>.+)",
    `(?<verb>${move})(?: (?<o>.+))?`,
  ],
  shift: [
    "(?<o>.+?) (?:de |d')(?<span>SPAN)(?: (?<side>plus tard|plus tôt))?",
    '(?<o>.+?) (?<span>SPAN) (?<side>plus tard|plus tôt)',
  ],
  toTime: / (?:au|jusqu'au|jusqu'à|dans|pour) ?/i,
  earlier: new RegExp(loose('avance|plus tôt'), 'i'),
  remindBy: [
    `${reminder} (?<span>SPAN) (?<side>avant|après) (?<o>.+)`,
    `(?:${reminder}|${newReminder} (?:pour|de|sur|à)) (?!de |d')(?<o>.+?),? (?<span>SPAN) (?<side>avant|plus tôt|à l'avance|après|plus tard)`,
  ],
  after: /^(?:apr|plus tard)/i,
  remindTo: [
    `${reminder},? (?:de |d')(?<o>(?:m'|me |s'|se |l')?\\p{L}+(?:er|ir|re)(?!\\p{L}).*)`,
    `${reminder} (?<when>.+?),? (?:de |d')(?<o>(?:m'|me |s'|se |l')?\\p{L}+(?:er|ir|re)(?!\\p{L}).*)`,
    `${newReminder} pour (?<o>\\p{L}+(?:er|ir|re)(?!\\p{L}).*)`,
  ],
  remindOf: [
    `${reminder} (?<when>(?:demain|aujourd'hui|ce soir|dans|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|le \\d|à \\d)(?:.*?)?) (?:pour |(?=le |la |l'|les |mon |ma ))(?<o>.+)`,
    `${reminder} (?:pour )?(?<o>(?:le |la |l'|les |mon |ma |"|payer |acheter )?.+)`,
    `${newReminder} (?:pour|sur|à|de) (?<o>.+)`,
  ],
  remindNothing: [`${reminder}(?: .+)?`, `${newReminder}(?: .+)?`],
  snooze: [
    "(?:repousse|reporte|décale)[sz]? le rappel (?:de |du |d'|pour )(?<o>.+?) (?:de |d')(?<span>SPAN)",
    "(?:repousse|reporte|décale)[sz]? le rappel (?:de |du |d'|pour )(?<o>.+?) (?:jusqu'(?:à|au)|à|au) (?<when>.+)",
    `${snooze} (?<o>.+?) (?:de |pour |pendant |d')(?<span>SPAN)`,
    `${snooze} (?<o>.+?) jusqu'(?<when>(?:à|au|en) .+)`,
    `${snooze}(?: (?<o>.+))?`,
  ],
  addNothing: [`(?:${add}|nouvelle|mets)(?: (?:une?|nouvelle|autre|${task}|quelque chose))*`],
  addMany: [
    `(?:${add}) (?:(?:ces|les|quelques|des|\\d+|deux|trois|suivantes) )*(?:nouvelles )?(?:tâches|todos|to-dos)\\s*(?::|\\n| - )\\s*(?<o>.+)`,
    '(?:nouvelles )?(?:tâches|todos|to-dos)\\s*:\\s*(?<o>.+)',
  ],
  add: [
    `(?:${add}|nouvelle) (?:(?:une?|la) )?(?:nouvelle )?${task}(?: (?:appelée|nommée|intitulée|pour)|\\s*:)? (?<o>.+)`,
    `(?:${task}|note)\\s*: ?(?<o>.+)`,
    `${add} (?<o>.+)`,
    `(?:mets|mettre) (?<o>.+?) ${list}`,
    "n'oublie(?:z)? pas (?:de |d')(?<o>.+)",
  ],
  ofMyList: new RegExp(` ${loose(list)}$`, 'i'),
  lookingUp: ['montre', 'affiche', 'liste', 'trouve', 'cherche', 'aide', 'agenda', 'demain', "aujourd'hui"],
  verbs: 'termine supprime efface déplace reporte suspends répète rappelle marque ajoute crée rouvre'.split(' '),
  isDone: wholly(`(?<o>.+) (?:est|sont) (?:déjà )?${done}s?`),
  isTodo: wholly("(?:je (?:dois|veux|voudrais)|il faut(?: que je)?|j'ai besoin d[e']) ?(?<o>.+)"),
}

export const french = grammarOf(table)
