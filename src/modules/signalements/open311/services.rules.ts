/** Circuits as services: each category of those open to it is one, and its questions are the attributes. Pure. */
import type { Categorie, Circuit, Question } from '../circuits/circuit.schema.ts';
import type { Circuits } from '../circuits/circuits.ts';
import { type Noeud, rangs } from './format.rules.ts';

export interface ServiceOuvert {
  code: string;
  circuit: Circuit;
  categorie: Categorie;
}
/** No code holds `_`. */
const codeDe = (circuit: string, categorie: string): string => `${circuit}_${categorie}`;
export const listServices = (circuits: Circuits): ServiceOuvert[] =>
  [...circuits.values()]
    .filter((c) => c.open311)
    .flatMap((circuit) => circuit.categories.map((categorie) => ({ code: codeDe(circuit.code, categorie.code), circuit, categorie })));
export const serviceDe = (circuits: Circuits, circuit: string, categorie: string): string => (circuits.get(circuit)?.open311 ? codeDe(circuit, categorie) : '');

export const direService = (s: ServiceOuvert): Noeud => ({
  service_code: s.code,
  service_name: s.categorie.libelle,
  description: s.categorie.aide ?? s.circuit.objet,
  // The place, at least, may have to be chosen.
  metadata: true,
  type: 'realtime',
  keywords: s.categorie.theme,
  group: s.circuit.titre,
});

interface Attribut {
  code: string;
  datatype: 'string' | 'number' | 'datetime' | 'text' | 'singlevaluelist' | 'multivaluelist';
  required: boolean;
  description: string;
  datatypeDescription?: string;
  valeurs?: readonly { cle: string; nom: string }[];
}
const TYPES = { choix: 'singlevaluelist', plusieurs: 'multivaluelist', nombre: 'number', texte: 'string' } as const satisfies Record<
  Question['type'],
  Attribut['datatype']
>;
const deQuestion = (q: Question): Attribut => ({
  code: q.code,
  datatype: TYPES[q.type],
  required: q.obligatoire,
  description: q.libelle,
  ...(q.type === 'nombre' ? { datatypeDescription: `Un nombre entier, de ${q.min} à ${q.max}.` } : {}),
  ...(q.type === 'texte' ? { datatypeDescription: `${q.max} caractères au plus, sans nom de personne.` } : {}),
  ...('options' in q ? { valeurs: q.options.map((o) => ({ cle: o.code, nom: o.libelle })) } : {}),
});

/** Attributes that every service has besides its questions: a question of the same code would hide one (checked by a test). */
export const ATTRIBUTS_COMMUNS = ['danger', 'territoire', 'heure'] as const;
/** `contours`: a point decides its place by itself. */
export function attributsDe(s: ServiceOuvert, quartiers: readonly { valeur: string; libelle: string }[], contours: boolean): Attribut[] {
  const { urgence } = s.circuit;
  return [
    ...(urgence
      ? [
          {
            code: 'danger',
            datatype: 'singlevaluelist',
            required: true,
            description: urgence.question,
            datatypeDescription: `Si oui, ce service ne reçoit rien : ${urgence.numeros.map((n) => `${n.numero} (${n.libelle})`).join(', ')}.`,
            valeurs: [
              { cle: 'non', nom: 'Non' },
              { cle: 'oui', nom: 'Oui' },
            ],
          } as const,
        ]
      : []),
    {
      code: 'territoire',
      datatype: 'singlevaluelist',
      required: !contours,
      description: 'Quartier',
      datatypeDescription: contours ? 'Nécessaire sans point, ou si le point n’est dans aucun quartier.' : 'Nécessaire.',
      valeurs: quartiers.map((q) => ({ cle: q.valeur, nom: q.libelle })),
    },
    {
      code: 'heure',
      datatype: 'singlevaluelist',
      required: false,
      description: 'Vers quelle heure',
      valeurs: Array.from({ length: 24 }, (_, h) => ({ cle: String(h), nom: `entre ${h} h et ${(h + 1) % 24} h` })),
    },
    ...s.categorie.questions.map(deQuestion),
  ];
}
export const direDefinition = (s: ServiceOuvert, attributs: readonly Attribut[]): Noeud => ({
  service_code: s.code,
  attributes: rangs(
    'attribute',
    attributs.map((a, i) => ({
      variable: true,
      code: a.code,
      datatype: a.datatype,
      required: a.required,
      datatype_description: a.datatypeDescription ?? '',
      order: i + 1,
      description: a.description,
      ...(a.valeurs
        ? {
            values: rangs(
              'value',
              a.valeurs.map((v) => ({ key: v.cle, name: v.nom })),
            ),
          }
        : {}),
    })),
  ),
});
