/** Papers around a session: the sheet that people sign, the letter that convokes one of them. Pure. */
import { duree, jour } from '../../../ui/typographie.ts';
import { notes, para, titre, typo } from '../../documents/index.ts';
import type { ConvocationContenu } from './convocation.modele.ts';
import { enTete, enteteEcrite, faitA, quandSeTient, signatures } from './ecriture.rules.ts';
import type { ReleveContenu } from './releve.modele.ts';
import type { Bloc, Cellule, DocumentEcrit, Logo } from '../../documents/index.ts';

/** Rows left blank for those who come without being on the list. */
const LIGNES_LIBRES = 4;

export function ecrireFeuille(c: ReleveContenu, logo: Logo | null = null): DocumentEcrit {
  const vide: Cellule = { texte: '' };
  const tete = enTete(c, 'Feuille d’émargement', typo(`Feuille d’émargement, ${c.instance.nom}, ${jour(c.seance.jour)}`), logo);
  return {
    ...tete,
    pied: typo(`Feuille d’émargement · ${jour(c.seance.jour)}`),
    // Who came is what the sheet will tell.
    reperes: tete.reperes.filter((r) => ['Date', 'Lieu', 'Territoire'].includes(r.cle)),
    blocs: [
      {
        type: 'tableau',
        legende: 'Signatures',
        signer: true,
        colonnes: [
          { titre: 'Fonction', part: 28 },
          { titre: 'Organisation', part: 22 },
          { titre: 'Nom', part: 22 },
          { titre: 'Signature', part: 28 },
        ],
        lignes: [
          ...c.participants.map((p) => [{ texte: typo(p.fonction) }, { texte: typo(p.organisation) }, { texte: typo(p.nom) }, vide]),
          ...Array.from({ length: LIGNES_LIBRES }, () => [vide, vide, vide, vide]),
        ],
      },
      ...signatures(c),
    ],
  };
}

export function ecrireLettre(d: ConvocationContenu, logo: Logo | null = null): DocumentEcrit {
  const { destinataire: a, seance: s } = d;
  const sansLieu = s.lieu === '' && s.visio === '';
  return {
    entete: enteteEcrite(d.entete, logo),
    titre: typo(`Convocation, ${d.instance.nom}, ${jour(s.jour)}`),
    genre: 'Convocation',
    instance: typo(d.instance.nom),
    contrat: typo(d.contrat.titre),
    seance: typo(s.titre),
    motsCles: [d.contrat.sigle, 'Convocation', d.instance.territoire].filter(Boolean).map(typo),
    date: d.faitLe,
    projet: false,
    demonstration: d.demonstration,
    pied: typo(`Convocation · ${jour(s.jour)}`),
    destinataire: [a.nom, a.fonction, a.organisation].filter((l, i, tout) => l !== '' && tout.indexOf(l) === i).map(typo),
    reperes: [
      { cle: 'Date', valeur: quandSeTient(s) },
      { cle: 'Lieu', valeur: sansLieu ? 'à préciser, il vous sera communiqué' : s.lieu },
      { cle: 'À distance', valeur: s.visio },
    ]
      .filter((r) => r.valeur !== '')
      .map((r) => ({ cle: r.cle, valeur: typo(r.valeur) })),
    blocs: [
      para('Madame, Monsieur,'),
      para(`J’ai l’honneur de vous inviter à la séance dont vous trouverez ci-dessus la date${sansLieu ? '' : ' et le lieu'}, et ci-dessous l’ordre du jour.`),
      ...notes(d.mot),
      ...ordreDuJour(d),
      ...(d.documents.length === 0 ? [] : [titre(1, 'Documents'), { type: 'liste' as const, puces: d.documents.map(typo) }]),
      ...(d.lien === ''
        ? []
        : [
            titre(1, 'Votre réponse'),
            para('Je vous remercie de bien vouloir dire si vous venez ou qui vous représente, et lire les documents, à cette adresse :', d.lien),
          ]),
      ...(d.contact ? [para(`Pour toute question : ${d.contact}.`)] : []),
      para('Je vous prie d’agréer, Madame, Monsieur, l’expression de ma considération distinguée.'),
      {
        type: 'signatures',
        fait: faitA(d.entete),
        date: jour(d.faitLe),
        signataires: [{ nom: typo(d.signataire.nom), fonction: typo(d.signataire.fonction) }],
      },
    ],
  };
}

function ordreDuJour(d: ConvocationContenu): Bloc[] {
  if (d.points.length === 0) return [titre(1, 'Ordre du jour'), para('L’ordre du jour vous sera adressé avant la séance.')];
  return [
    titre(1, 'Ordre du jour'),
    {
      type: 'tableau',
      legende: 'Ordre du jour',
      colonnes: [
        { titre: 'N°', part: 8 },
        { titre: 'Point', part: 74 },
        { titre: 'Durée', part: 18, droite: true },
      ],
      lignes: d.points.map((p, i) => [
        { texte: String(i + 1), fort: true },
        {
          texte: typo(p.titre),
          ...(p.fiche || p.rapporteur ? { precision: typo([p.fiche ? `Fiche ${p.fiche}` : '', p.rapporteur].filter(Boolean).join(' · ')) } : {}),
        },
        { texte: duree(p.minutes) },
      ]),
    },
    para(`Durée prévue : ${duree(d.points.reduce((n, p) => n + p.minutes, 0))}.`),
  ];
}
