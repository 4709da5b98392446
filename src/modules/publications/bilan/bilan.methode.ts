/** How the bilan explains itself. Pure. */
import { de, enumerer, jour, nombre, pluriel } from '../../../ui/typographie.ts';
import type { Catalogue, Territoire } from '../../contrats/index.ts';
import type { BilanContenu, MotDEtat } from './bilan.modele.ts';
import { OBTENTIONS, SENS_DES_ETATS, typographier } from './bilan.rules.ts';

interface Cadre {
  aujourdhui: string;
  territoire: Territoire;
  /** Figures stand beside those of the whole contract, by inhabitant. */
  compare: boolean;
}

export function buildMethode(catalogue: Catalogue, d: { annee: number; demonstration: boolean }, o: Cadre): BilanContenu['methode'] {
  const parObtention = Object.entries(OBTENTIONS)
    .map(([cle, x]) => ({ ...x, nombre: [...catalogue.mesures.values()].filter((m) => m.obtention === cle).length }))
    .filter((x) => x.nombre > 0);
  const entier = o.territoire.id === catalogue.racine.id;
  const ouverte = o.aujourdhui <= `${d.annee}-12-31`;
  const paragraphes = [
    `Ce bilan suit le contrat, fiche par fiche : ${pluriel(catalogue.fiches.size, 'fiche')}, ${pluriel(catalogue.indicateurs.size, 'indicateur')} et les ${pluriel(catalogue.mesures.size, 'mesure')} qui les chiffrent, ${pluriel(catalogue.lignes.size, 'ligne d’action')}.`,
    `Les mesures sont ${enumerer(parObtention.map((x) => `${x.mot === 'récit' ? 'des récits' : `${x.mot}s`.replace('enquêtes', 'issues d’enquêtes')} (${nombre(x.nombre)})`))}.`,
    entier
      ? 'Les chiffres valent pour l’ensemble du contrat.'
      : `Les chiffres valent à l’échelle ${o.territoire.de ?? de(o.territoire.nom)} seulement : les mesures calculées comptent ce qui s’y est passé. Celles que les institutions ne donnent que pour l’ensemble du contrat n’existent pas à cette échelle et n’y manquent pas.`,
    ouverte
      ? `L’année ${d.annee} n’est pas terminée : les chiffres sont arrêtés au ${jour(o.aujourdhui)}. Ils ne sont comparés qu’aux mêmes mois de l’année d’avant, et sur des mois complets.`
      : 'Une évolution compare l’année à la précédente, si les registres ont été tenus tout au long des deux. Elle n’est dite favorable ou défavorable que là où des mots du contrat, cités, disent dans quel sens la mesure doit aller. Sous vingt, les deux nombres sont donnés à la place d’un pourcentage, qui tromperait.',
    ...(o.compare
      ? [
          `Les nombres d’actes sont rapportés aux habitants, ici et pour l’ensemble (${catalogue.racine.nom}) : ${nombre(catalogue.habitants(o.territoire.id) ?? 0)} et ${nombre(catalogue.habitants(catalogue.racine.id) ?? 0)} habitants${catalogue.contrat.population ? ` (${catalogue.contrat.population})` : ''}.`,
        ]
      : []),
    `Les cartes rapportent les nombres aux habitants${catalogue.contrat.population ? ` (${catalogue.contrat.population})` : ''}. D’une teinte à l’autre, les intervalles à 95 % (loi de Poisson) des taux réunis ne se recouvrent pas ; deux territoires de teintes voisines, pris à part, peuvent ne pas se distinguer. Sans écart, il n’y a pas de carte.`,
    'Une ligne d’action est servie quand au moins un enregistrement des registres lui a été rattaché dans l’année. Ce nombre dit une activité, pas un résultat. Les textes de commentaire sont repris tels qu’ils ont été écrits ; les instances restreintes n’apparaissent pas.',
  ];
  if (d.demonstration) paragraphes.push('Toutes les données de ce document sont fictives : elles ont été inventées pour montrer le fonctionnement de l’outil.');
  return {
    paragraphes: paragraphes.map(typographier),
    etats: (Object.keys(SENS_DES_ETATS) as MotDEtat[]).map((mot) => ({ mot, sens: typographier(SENS_DES_ETATS[mot]) })),
    obtentions: parObtention.map((x) => ({ ...x, sens: typographier(x.sens) })),
  };
}
