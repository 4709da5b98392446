/** Papers of a cell from the charter's own lines: the charter, what people are told, what they are answered. Made when asked, kept nowhere. */
import { enumerer, jour, jourDuMoment, jourEtHeure } from '../../../ui/typographie.ts';
import { type Bloc, cellule, discret, type DocumentEcrit, encart, para, titre, typo } from '../../documents/index.ts';
import type { Membre } from '../cellule/cellule.queries.ts';
import { siegent, signataires, type Vue } from '../cellules.contexte.ts';
import { articleDe, direCode, direMotif, direTitre, groupesDe } from '../charte/charte.rules.ts';
import type { Charte } from '../charte/charte.schema.ts';
import type { Lue } from '../situations/contenu.ts';
import type { Information, LectureLue, Orientation, Situation } from '../situations/situations.queries.ts';
import { ETATS } from '../situations/situations.rules.ts';
import type { Demande } from './droits.queries.ts';
import { DROITS } from './droits.rules.ts';

const MAIN = '……………………………………………………';

function papier(v: Vue, o: { genre: string; pied: string; demonstration: boolean; reperes: { cle: string; valeur: string }[]; blocs: Bloc[] }): DocumentEcrit {
  const { contrat } = v.cat;
  return {
    entete: { nom: typo(contrat.titre), lignes: [], logo: null },
    titre: typo(`${o.genre}, ${v.nom}`),
    genre: typo(o.genre),
    instance: typo(v.nom),
    contrat: contrat.titre,
    seance: jour(v.aujourdhui),
    motsCles: [contrat.sigle],
    date: v.aujourdhui,
    projet: false,
    demonstration: o.demonstration,
    pied: typo(o.pied),
    destinataire: [],
    reperes: o.reperes.map((r) => ({ cle: r.cle, valeur: typo(r.valeur) })),
    blocs: o.blocs,
  };
}

/** The text that is signed, line for line, and who signed it. */
export function charteImprimee(charte: Charte, v: Vue, demonstration: boolean): DocumentEcrit {
  const signee = (m: Membre) => v.signatures.find((s) => s.membreId === m.id && s.empreinte === v.empreinte);
  return papier(v, {
    genre: charte.titre,
    pied: `${charte.titre}, version ${charte.version} · empreinte ${v.empreinte.slice(0, 16)}`,
    demonstration,
    reperes: [
      { cle: 'Version', valeur: charte.version },
      { cle: 'Empreinte', valeur: v.empreinte },
    ],
    blocs: [
      ...v.texte.flatMap((s): Bloc[] => [titre(1, s.titre), { type: 'liste', puces: s.lignes.map(typo) }]),
      titre(1, 'Signataires de ce texte'),
      ...(signataires(v).length === 0
        ? [discret('Personne encore.')]
        : [
            {
              type: 'tableau' as const,
              legende: 'Signataires',
              colonnes: [
                { titre: 'Nom', part: 30 },
                { titre: 'Institution', part: 35 },
                { titre: 'Signée le', part: 35 },
              ],
              lignes: signataires(v).map((m) => [
                cellule(m.nom, m.fonction),
                cellule(v.cat.nomActeur(m.organisationId)),
                cellule(jourDuMoment(signee(m)?.signeeLe ?? new Date(0))),
              ]),
            },
          ]),
    ],
  });
}

const vosDroits = (): Bloc[] => [
  titre(1, 'Vos droits'),
  { type: 'liste', puces: Object.values(DROITS).map((d) => typo(`${d.libelle} (${d.article}).`)) },
  para(`Pour les exercer, écrivez à : ${MAIN}`),
];

/** What the person or the parents are told. Nobody is named: the paper that is kept elsewhere says nothing by itself. */
export function notice(charte: Charte, v: Vue, demonstration: boolean): DocumentEcrit {
  const ecrits = groupesDe(charte, v.genre);
  const institutions = [...new Set(siegent(v).map((m) => v.cat.nomActeur(m.organisationId)))].toSorted((a, b) => a.localeCompare(b, 'fr'));
  const remplir = (t: string): string => t.replaceAll('{genre}', v.genre.libelle).replaceAll('{fondement}', v.genre.fondement);
  return papier(v, {
    genre: charte.notice.titre,
    pied: charte.notice.titre,
    demonstration,
    reperes: [],
    blocs: [
      para(`À l’attention de : ${MAIN}`),
      para(`Responsable du traitement : ${MAIN}`, `Délégué à la protection des données : ${MAIN}`),
      ...charte.notice.paragraphes.map((p) => para(remplir(p))),
      titre(1, 'Pourquoi'),
      { type: 'liste', puces: v.genre.finalites.map(typo) },
      titre(1, 'Ce qui est écrit'),
      { type: 'liste', puces: ecrits.map((g) => typo(`${g.libelle} : ${g.champs.join(', ')}.`)) },
      titre(1, 'Qui siège dans cette cellule'),
      { type: 'liste', puces: institutions.map(typo) },
      para('Ce qui est écrit vient de ces institutions, ou de qui leur a signalé la situation.'),
      titre(1, 'Qui le lit'),
      {
        type: 'liste',
        puces: charte.titres.flatMap((t) => {
          const lus = ecrits.filter((g) => g.lisent.includes(t.code)).map((g) => g.libelle.toLowerCase());
          return lus.length === 0 ? [] : [typo(`${t.libelle} : ${t.sens}. Lit : ${enumerer(lus)}.`)];
        }),
      },
      titre(1, 'Combien de temps'),
      { type: 'liste', puces: (v.texte.find((s) => s.titre === 'Durées')?.lignes ?? []).map(typo) },
      ...vosDroits(),
      { type: 'signatures', fait: 'Remise le', date: '', signataires: [{ nom: '', fonction: 'Pour la cellule' }] },
    ],
  });
}

interface DuRapport {
  charte: Charte;
  vue: Vue;
  situation: Situation;
  lue: Lue;
  informations: readonly Information[];
  orientations: readonly Orientation[];
  /** Members named for it. */
  designes: readonly Membre[];
  /** The last ones, out of so many. */
  lectures: readonly LectureLue[];
  nombreDeLectures: number;
  demandes: readonly Demande[];
  demonstration: boolean;
}
/** Everything that is kept about the person, and who read it, by institution and function: the names of agents are not theirs to have. */
export function rapport(r: DuRapport): DocumentEcrit {
  const { charte, vue: v, situation: s, lue } = r;
  const fonctionDe = (id: string): string => v.membres.find((m) => m.id === id)?.fonction ?? 'Ancien membre';
  const ou = (g: 'saisine' | 'identite' | 'apport'): Bloc => discret(`Charte, article ${articleDe(charte, g)}`);
  const rien = discret('Rien.');
  return papier(v, {
    genre: 'Ce qui est écrit de vous, et qui l’a lu',
    pied: `Situation n° ${s.numero} · à remettre en main propre`,
    demonstration: r.demonstration,
    reperes: [
      { cle: 'Situation', valeur: `n° ${s.numero}` },
      { cle: 'Entrée', valeur: jour(s.creeeLe) },
      { cle: 'Détruite', valeur: `le ${jour(s.destructionLe)} au plus tard` },
    ],
    blocs: [
      ...(lue.abimees > 0 ? [encart(`${lue.abimees} parties de ce qui est écrit ne s’ouvrent plus : personne ne peut les lire.`)] : []),
      ...(groupesDe(charte, v.genre).some((g) => g.code === 'identite')
        ? [
            titre(1, 'Identité'),
            ou('identite'),
            lue.identite ? para(`${lue.identite.prenom} ${lue.identite.nom}, né(e) en ${lue.identite.naissance}.`) : discret('Aucune identité n’est écrite.'),
          ]
        : []),
      titre(1, 'Saisine'),
      ou('saisine'),
      lue.saisine
        ? para(`Origine : ${direCode(charte, 'origines', lue.saisine.origine)}.`, `Difficulté : ${direCode(charte, 'difficultes', lue.saisine.difficulte)}.`)
        : rien,
      ...(lue.saisine?.alerte ? [para(`Voie : recours accéléré, ouvert après une alerte du ${jour(lue.saisine.alerte.le)}.`)] : []),
      para(`État : ${ETATS[s.etat]}, le ${jour(s.etatLe)}.`),
      titre(1, 'Ce que chaque institution a dit'),
      ou('apport'),
      lue.apports.length === 0
        ? rien
        : {
            type: 'liste',
            puces: lue.apports.map((a) =>
              typo(
                a.retireeLe
                  ? `${v.cat.nomActeur(a.organisationId)}, le ${jourDuMoment(a.le)} : retiré le ${jourDuMoment(a.retireeLe)}.`
                  : `${v.cat.nomActeur(a.organisationId)}, le ${jourDuMoment(a.le)} : ${enumerer(a.codes.map((x) => direCode(charte, 'apports', x)))}.`,
              ),
            ),
          },
      titre(1, 'Orientations'),
      r.orientations.length === 0
        ? rien
        : {
            type: 'liste',
            puces: r.orientations.map((x) =>
              typo(
                `${direCode(charte, 'orientations', x.genre)}, décidée le ${jour(x.faiteLe)} : ${x.issue ? `${direCode(charte, 'issues', x.issue)}, le ${jour(x.issueLe ?? x.faiteLe)}` : 'sans réponse encore'}.`,
              ),
            ),
          },
      titre(1, 'Information'),
      r.informations.length === 0
        ? rien
        : {
            type: 'liste',
            puces: r.informations.map((i) =>
              typo(
                `${i.qui === 'parents' ? 'Parents' : 'Personne'} : ${i.avantLe === null ? `${i.qui === 'parents' ? 'informés' : 'informée'} le ${jour(i.le)}` : `différé le ${jour(i.le)}, ${direCode(charte, 'differes', r.lue.differes.get(i.id) ?? i.motif ?? '')}`}.`,
              ),
            ),
          },
      titre(1, 'Demandes et réponses'),
      r.demandes.length === 0
        ? rien
        : {
            type: 'liste',
            puces: r.demandes.map((d) =>
              typo(
                `${DROITS[d.droit].libelle}, reçue le ${jour(d.recueLe)} : ${d.reponse === null ? `réponse due le ${jour(d.avantLe)}` : d.reponse === 'accueillie' ? 'accueillie' : `refusée. ${direMotif(charte, d.motif ?? '')}`}.`,
              ),
            ),
          },
      titre(1, 'Membres désignés, qui peuvent lire'),
      r.designes.length === 0 ? rien : { type: 'liste', puces: r.designes.map((m) => typo(`${v.cat.nomActeur(m.organisationId)}, ${m.fonction}.`)) },
      titre(1, 'Qui a lu'),
      r.lectures.length === 0
        ? rien
        : {
            type: 'tableau',
            legende: 'Lectures, la dernière d’abord',
            colonnes: [
              { titre: 'Quand', part: 24 },
              { titre: 'Institution et fonction', part: 36 },
              { titre: 'À quel titre', part: 20 },
              { titre: 'Quoi', part: 20 },
            ],
            lignes: r.lectures.map((l) => [
              cellule(jourEtHeure(l.le)),
              cellule(v.cat.nomActeur(l.organisationId), fonctionDe(l.membreId)),
              cellule(
                direTitre(charte, l.titre),
                [l.seanceJour ? `séance du ${jour(l.seanceJour)}` : '', l.motif ? direMotif(charte, l.motif) : ''].filter(Boolean).join(', '),
              ),
              cellule(enumerer(l.groupes.map((g) => charte.groupes.find((x) => x.code === g)?.libelle ?? g))),
            ]),
          },
      discret(
        `Les lectures sont gardées un an.${r.nombreDeLectures > r.lectures.length ? ` Voici les ${r.lectures.length} dernières, sur ${r.nombreDeLectures}.` : ''}`,
      ),
      titre(1, 'Pourquoi'),
      para(`Fondement : ${v.genre.fondement}.`),
      { type: 'liste', puces: v.genre.finalites.map(typo) },
      titre(1, 'Combien de temps'),
      { type: 'liste', puces: (v.texte.find((x) => x.titre === 'Durées')?.lignes ?? []).map(typo) },
      ...vosDroits(),
      para('Si la réponse ne vous convient pas, vous pouvez saisir la Commission nationale de l’informatique et des libertés (www.cnil.fr).'),
    ],
  });
}
