/** The blank form of a circuit, to print: what to say, to whom; nothing of it comes back here. Taking one is counted, by month. */
import { acces } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { introuvable } from '../../../core/errors.ts';
import { fichier, post, type Route } from '../../../core/http/http.ts';
import { jour } from '../../../ui/typographie.ts';
import { type Catalogue, getCatalogue } from '../../contrats/index.ts';
import { type Bloc, cellule, type DocumentEcrit, ecrire, titre, typo } from '../../documents/index.ts';
import type { Circuit, Question } from '../circuits/circuit.schema.ts';
import type { Circuits } from '../circuits/circuits.ts';
import { adresseDuCircuit } from '../courriel/fil.rules.ts';
import type { Services } from '../demandes/ecrire.ts';
import { FR } from '../langues/mots.rules.ts';
import { noterDiffusion } from './compteur.queries.ts';

/** A form that is handed out on paper: of a circuit that passes on what it receives without keeping it. */
export const aUnFormulaire = (c: Pick<Circuit, 'transmis_sans_garder'>): boolean => c.transmis_sans_garder;

const CASE = '☐';
const LIGNE = '…………………………………………………………………………';
const reponse = (q: Question): string => ('options' in q ? q.options.map((o) => `${CASE} ${o.libelle}`).join('\u2003') : LIGNE);

/** Whom it is handed to, and where it may be written instead. */
export const aRemettre = (c: Pick<Circuit, 'services'>, nom: (acteur: string) => string, parLettre: string | null): Bloc[] => [
  titre(1, 'À qui le remettre'),
  { type: 'liste', puces: c.services.map((s) => typo(nom(s))) },
  ...(parLettre ? [{ type: 'para' as const, lignes: [typo(FR.parLettre), parLettre] }] : []),
];

function documentDuFormulaire(c: Circuit, cat: Catalogue, o: { aujourdhui: string; demonstration: boolean; parLettre: string | null }): DocumentEcrit {
  const questions = [...new Map(c.categories.flatMap((k) => k.questions).map((q) => [q.code, q])).values()];
  const lignes = [
    ['Quoi ?', c.categories.map((k) => `${CASE} ${k.libelle}`).join('\u2003')],
    ...questions.map((q) => [q.libelle, reponse(q)]),
    ['Date', LIGNE],
    ['Qui transmet (structure, téléphone)', LIGNE],
    ...(c.texte ? [[c.texte.libelle, `${LIGNE} ${LIGNE} ${LIGNE}`] as [string, string]] : []),
  ];
  const blocs: Bloc[] = [
    { type: 'para', lignes: [typo(c.objet)] },
    ...(c.exclut ? [{ type: 'para' as const, lignes: [typo(c.exclut)] }] : []),
    ...(c.urgence ? [titre(1, c.urgence.question), { type: 'liste' as const, puces: c.urgence.numeros.map((n) => typo(`${n.numero} : ${n.libelle}`)) }] : []),
    titre(1, 'À remplir'),
    {
      type: 'tableau',
      legende: 'À remplir',
      colonnes: [
        { titre: 'Question', part: 30 },
        { titre: 'Réponse', part: 70 },
      ],
      lignes: lignes.map(([q = '', r = '']) => [cellule(q), cellule(r)]),
    },
    ...aRemettre(c, (a) => cat.nomActeur(a), o.parLettre),
  ];
  return {
    entete: { nom: typo(cat.contrat.titre), lignes: [], logo: null },
    titre: `Formulaire : ${c.titre}`,
    genre: 'Formulaire à remplir',
    instance: '',
    contrat: cat.contrat.titre,
    seance: c.titre,
    motsCles: [cat.contrat.sigle, 'formulaire', c.titre],
    date: o.aujourdhui,
    projet: false,
    serre: true,
    demonstration: o.demonstration,
    pied: `${c.titre} · modèle du ${jour(o.aujourdhui)}, à remettre hors de la plateforme`,
    destinataire: [],
    reperes: [],
    blocs,
  };
}

export const formulaireRoutes = (s: Services, circuits: Circuits): Route[] => [
  /** 200 the PDF · 404 a circuit that has none · 429 */
  post(
    '/signaler/:circuit/formulaire',
    acces.public,
    async (c) => {
      const circuit = circuits.get(c.params.circuit ?? '');
      if (!circuit || !aUnFormulaire(circuit)) throw introuvable('Ce formulaire');
      const aujourdhui = jourDe(c.maintenant);
      await noterDiffusion(c.db, c.contrat.id, circuit.code, `${aujourdhui.slice(0, 7)}-01`);
      const catalogue = await getCatalogue(c.db, c.contrat.id);
      return fichier(
        await ecrire(
          documentDuFormulaire(circuit, catalogue, { aujourdhui, demonstration: c.demonstration, parLettre: adresseDuCircuit(circuit, s.domaineEntrant) }),
          'pdf',
        ),
        {
          nom: `formulaire-${circuit.code}.pdf`,
          type: 'application/pdf',
        },
      );
    },
    // Composing takes longer than counting: no connection waits for it.
    { sansEffetPublic: true, rejouable: true, sansTransaction: true, parMinute: 10 },
  ),
];
