import type { Help } from './help.ts'

export const fr: Help = [
  {
    does: 'Ajouter',
    examples: [
      'ajoute acheter du lait',
      'ajoute payer le loyer le 1er de chaque mois à 9h #maison !high',
      'nouvelle tâche : dentiste le 3 décembre à 14h30',
      'mets des œufs sur ma liste',
      'nouvelles tâches : lait, œufs, pain',
      'ajoute "lire tous les lundis"',
    ],
  },
  {
    does: 'Ce qui est prévu',
    examples: [
      "qu'est-ce qui est prévu aujourd'hui ?",
      "qu'est-ce que j'ai demain ?",
      "qu'est-ce qui est en retard ?",
      'agenda',
      'cette semaine',
      "qu'est-ce qui est prévu vendredi ?",
    ],
  },
  {
    does: 'Lister',
    examples: [
      'montre mes tâches',
      'montre les tâches #home',
      'montre les tâches de haute priorité',
      'montre les tâches terminées',
      'combien de tâches ai-je ?',
      'montre les tâches récurrentes',
    ],
  },
  {
    does: 'Trouver',
    examples: [
      'trouve dentiste',
      'quand est le dentiste ?',
      'ai-je fini payer le loyer ?',
      'est-ce que payer le loyer est fait ?',
    ],
  },
  {
    does: 'Terminer',
    examples: [
      'termine acheter du lait',
      'marque payer le loyer comme fait',
      'coche acheter du lait',
      "j'ai fini le rapport",
      'termine toutes les tâches en retard',
    ],
  },
  { does: 'Rouvrir', examples: ['rouvre vieux impôts', 'marque vieux impôts comme non fait'] },
  {
    does: 'Déplacer',
    examples: [
      'déplace dentiste à vendredi prochain à 15h',
      "reporte payer le loyer jusqu'à lundi",
      'repousse le rapport de 2 jours',
      "avance le rapport d'un jour",
      "supprime l'échéance de acheter du lait",
      "déplace toutes les tâches d'aujourd'hui à demain",
    ],
  },
  {
    does: 'Supprimer',
    examples: [
      'supprime acheter du lait',
      'supprime la tâche dentiste',
      'supprime toutes les tâches avec #work',
      'restaure acheter du lait',
    ],
  },
  {
    does: 'Rappeler',
    examples: [
      "rappelle-moi d'appeler Bob demain à 9h",
      'rappelle-moi tous les jours à 8h de prendre les cachets',
      'rappelle-moi le dentiste 2 heures avant',
      'rappelle-moi vendredi à 8h le dentiste',
    ],
  },
  {
    does: 'Remettre un rappel',
    examples: ['repousse le rappel de dentiste de 30 minutes', "repousse le rappel de dentiste jusqu'à demain à 9h"],
  },
  {
    does: 'Répéter',
    examples: [
      'répète gym tous les lundis à 18h',
      'suspends gym',
      'reprends yoga',
      'aperçu chaque dernier vendredi du mois',
    ],
  },
  { does: 'Historique', examples: ['historique de payer le loyer', "qu'est-il arrivé à payer le loyer ?"] },
  {
    does: 'Après une réponse',
    examples: [
      'termine celle-ci',
      'termine 2',
      'supprime la dernière',
      'termine 1 et 3',
      'annule ça',
      'oui',
      'non',
      'laisse tomber',
    ],
  },
]
