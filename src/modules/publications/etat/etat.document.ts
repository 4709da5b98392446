/** The page as a paper: the content model of papers writes it. Pure. */
import type { Bloc, DocumentEcrit, Logo } from '../../documents/index.ts';
import { cellule, discret, para, titre, typo } from '../../documents/index.ts';
import { jour, pluriel } from '../../../ui/typographie.ts';
import { direEcheance } from '../bilan/bilan.phrases.ts';
import { direChiffre, titreEvolution } from '../bilan/bilan.rules.ts';
import type { EtatTerritoire } from './etat.contenu.ts';

const titreEtat = (e: Pick<EtatTerritoire, 'territoire' | 'editeLe'>): string => `État : ${e.territoire.nom}, ${jour(e.editeLe)}`;

/** Each figure with what it was a year before: the same months, while the year runs. */
export const direChiffres = (e: EtatTerritoire) =>
  e.chiffres.map((c) => ({
    id: c.id,
    libelle: c.libelle,
    annee: direChiffre(c.annee, c.unite === '%' ? '%' : ''),
    avant: e.enCours ? c.evolution || '–' : c.avant ? direChiffre(c.avant, c.unite === '%' ? '%' : '') : '–',
    comparaison: c.comparaison,
  }));

export const titreAvant = (e: EtatTerritoire): string => (e.enCours ? titreEvolution(e) : String(e.annee - 1));

export function documentDe(e: EtatTerritoire, logo: Logo | null): DocumentEcrit {
  const compare = !e.territoire.contratEntier;
  const liste = (puces: readonly string[], sinon: string): Bloc => (puces.length > 0 ? { type: 'liste', puces: puces.map(typo) } : discret(sinon));
  const blocs: Bloc[] = [
    titre(1, 'Ce qui a changé'),
    ...(e.mots ? [...e.mots.blocs.map((b): Bloc => (b.type === 'para' ? para(...b.lignes) : liste(b.puces, ''))), discret(e.mots.signature)] : []),
    liste(e.changements, ''),
    titre(1, e.enCours ? `Les chiffres, au ${jour(e.editeLe)}` : `Les chiffres de ${e.annee}`),
    {
      type: 'tableau',
      legende: `Chiffres de ${e.annee}, et de l’année d’avant`,
      colonnes: [
        { titre: 'Mesure', part: compare ? (e.enCours ? 36 : 48) : e.enCours ? 49 : 66 },
        { titre: String(e.annee), part: compare ? 12 : 17, droite: true },
        { titre: titreAvant(e), part: compare ? (e.enCours ? 24 : 12) : e.enCours ? 34 : 17, droite: true },
        ...(compare ? [{ titre: `Avec ${e.ensemble}`, part: 28 }] : []),
      ],
      lignes: direChiffres(e).map((c) => [cellule(c.libelle), cellule(c.annee), cellule(c.avant), ...(compare ? [cellule(c.comparaison)] : [])]),
    },
    titre(1, 'Décisions en retard'),
    liste(
      [
        ...e.enRetard.map((d) => `${d.libelle} (${d.instance}) : ${d.qui}, attendu le ${direEcheance(d)}`),
        ...(e.autresEnRetard > 0 ? [`et ${pluriel(e.autresEnRetard, 'autre')}`] : []),
      ],
      'Aucune.',
    ),
    titre(1, 'Ce qui est dû'),
    liste([...e.dus, ...(e.autresDus > 0 ? [`et ${pluriel(e.autresDus, 'autre')}`] : [])], 'Rien dans les semaines qui viennent.'),
  ];
  return {
    // Its address would take the room of a figure.
    entete: { nom: typo(e.entete.nom), lignes: [], logo },
    titre: titreEtat(e),
    genre: `État : ${e.territoire.nom}`,
    instance: '',
    contrat: e.contrat.titre,
    seance: jour(e.editeLe),
    motsCles: [e.contrat.sigle, 'état', e.territoire.nom],
    date: e.editeLe,
    projet: false,
    serre: true,
    demonstration: e.demonstration,
    pied: `État : ${e.territoire.nom} · pour les partenaires du contrat`,
    destinataire: [],
    reperes: [{ cle: 'Prochaine séance', valeur: typo(e.seances[0] ?? 'aucune n’est fixée') }],
    blocs,
  };
}
