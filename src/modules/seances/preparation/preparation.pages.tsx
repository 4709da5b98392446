/** The pages of the preparation, each with the reads it needs. */
import { lireEnsemble } from '../../../core/base/database.ts';
import { jourDe } from '../../../core/clock.ts';
import { couper } from '../../../core/couper.ts';
import { conflit, type ErreurDeChamp, interdit } from '../../../core/errors.ts';
import { type Contexte, liste, page, redirige, texte } from '../../../core/http/http.ts';
import { getEnvois } from '../../../core/courrier/envois.queries.ts';
import { type Champs, enTextes } from '../../../core/http/versions.ts';
import { signesSansDessin } from '../releve/impression.ts';
import { CADRE, chargerInstance, chercherALier, filDe, nomEntier, objetsLies } from '../../instances/index.ts';
import { reservable } from '../partie/partie.contexte.ts';
import { chargerPourTenir, partieLisible, type SeanceChargee } from '../seances.contexte.ts';
import { getPartie, getSeance, type Point } from '../seances.queries.ts';
import type { ServicesSeances } from '../seances.services.ts';
import { openDossiers } from './dossiers.ts';
import { AnnulerPage, ConvoquerPage } from './pages/ConvoquerPage.tsx';
import { NouvelleSeancePage } from './pages/NouvelleSeancePage.tsx';
import { PreparerPage } from './pages/PreparerPage.tsx';
import { NoteDeSeance } from './pages/NoteDeSeance.tsx';
import { SeancePage } from './pages/SeancePage.tsx';
import { estSondee, lireEnvoi } from './preparation.contexte.ts';
import { listPropositions } from './propositions.ts';
import { chercher, choisir } from './propositions.rules.ts';
import { cheminInvitation, finDuLien } from './lien.rules.ts';
import { listMotsDePresence } from '../tenue/presences.queries.ts';
import { mesLignes } from '../tenue/presences.rules.ts';
import { avecLeursAdresses } from '../paroles/paroles.queries.ts';
import { titreDeSeance } from '../seances.rules.ts';
import { listEcartes } from './recurrents.queries.ts';
import { listDocuments } from './documents.queries.ts';
import * as seances from './seances.queries.ts';
import { listDecisionsDeSeance } from '../../decisions/index.ts';

export async function pageNouvelle(c: Contexte, champs: Record<string, string>, erreurs: readonly ErreurDeChamp[]) {
  const { catalogue, instance, tient } = await chargerInstance(c);
  if (!tient) throw interdit('Seul le secrétariat de l’instance, son coordonnateur ou la coordination centrale prépare ses séances.');
  if (instance.confidentialite === 'nommee') throw conflit('Cette instance ne prépare pas de séance ici : déclarez seulement ses réunions.');
  const propositions = await listPropositions(c.db, c.contrat.id, instance, jourDe(c.maintenant));
  // What comes back is put there without being chosen.
  const recurrents = propositions.filter((p) => p.genre === 'recurrent');
  const { choisies, autres } = choisir(propositions.filter((p) => p.genre !== 'recurrent'));
  const annee = jourDe(c.maintenant).slice(0, 4);
  return page({
    ...CADRE,
    titre: 'Préparer une séance',
    fil: filDe(instance),
    statut: erreurs.length > 0 ? 422 : 200,
    corps: (
      <NouvelleSeancePage
        instance={instance}
        catalogue={catalogue}
        choisies={choisies}
        recurrents={recurrents}
        autres={autres.length}
        coches={liste(c.corps.points)}
        titre={titreDeSeance((await seances.countDeLAnnee(c.db, c.contrat.id, instance.id, annee)) + 1, annee)}
        champs={champs}
        erreurs={erreurs}
        aujourdhui={jourDe(c.maintenant)}
      />
    ),
  });
}

export async function pagePreparer(c: Contexte, o: { champs: Champs; erreurs: readonly ErreurDeChamp[] } = { champs: {}, erreurs: [] }) {
  const s = await chargerPourTenir(c);
  if (s.seance.etat !== 'preparation' && s.seance.etat !== 'convoquee') return redirige(`/seances/${s.seance.id}`);
  const aujourdhui = jourDe(c.maintenant);
  const [{ points, participants }, documents, dates, propositions, dossierDe, ecartes] = await lireEnsemble(c.db, [
    () => lireEnvoi(c, s),
    () => listDocuments(c.db, c.contrat.id, s.seance.id),
    () => seances.listDates(c.db, c.contrat.id, s.seance.id),
    () => listPropositions(c.db, c.contrat.id, s.instance, aujourdhui),
    () => openDossiers(c.db, c.contrat.id, s.instance, aujourdhui),
    () => listEcartes(c.db, c.contrat.id, s.seance.id),
  ]);
  const cherche = couper(texte(c.requete.q), 100);
  const prises = new Set(points.map((p) => p.cle));
  const { choisies, autres } = choisir(propositions.filter((p) => !prises.has(p.cle)));
  const avecDossiers: Point[] = [];
  for (const p of points) avecDossiers.push(p.dossier ? p : { ...p, dossier: await dossierDe(p) });
  return page({
    ...CADRE,
    titre: `Préparer ${s.seance.titre}`,
    fil: filDe(s.instance),
    statut: o.erreurs.length > 0 ? 422 : 200,
    scripts: ['ordre.js'],
    corps: (
      <PreparerPage
        {...s}
        points={avecDossiers}
        ecartes={ecartes}
        participants={participants}
        documents={documents}
        dates={dates}
        propositions={chercher([...choisies, ...autres], cherche)}
        enTout={choisies.length + autres.length}
        cherche={cherche}
        aujourdhui={aujourdhui}
        erreurs={o.erreurs}
        champs={enTextes(o.champs)}
      />
    ),
  });
}

export async function pageConvoquer(c: Contexte, erreurs: readonly ErreurDeChamp[]) {
  const s = await chargerPourTenir(c);
  if (s.seance.etat !== 'preparation' && s.seance.etat !== 'convoquee') return redirige(`/seances/${s.seance.id}`);
  const e = await lireEnvoi(c, s);
  const aImprimer = [
    nomEntier(s.instance, s.catalogue),
    s.seance.titre,
    s.seance.lieu,
    s.seance.mot,
    e.participants.map((p) => [p.nom, p.fonction]),
    e.points.map((p) => p.titre),
  ];
  const signes = await signesSansDessin(aImprimer);
  return page({
    ...CADRE,
    titre: 'Convoquer',
    fil: filDe(s.instance),
    statut: erreurs.length > 0 ? 422 : 200,
    corps: <ConvoquerPage {...s} envoi={e} erreurs={erreurs} lieu={texte(c.corps.lieu)} signes={signes} />,
  });
}
export async function pageAnnuler(c: Contexte, motif: string, erreurs: readonly ErreurDeChamp[]) {
  const s = await chargerPourTenir(c);
  if (s.seance.etat !== 'preparation' && s.seance.etat !== 'convoquee') return redirige(`/seances/${s.seance.id}`);
  return page({
    ...CADRE,
    titre: 'Annuler la séance',
    fil: filDe(s.instance),
    statut: erreurs.length > 0 ? 422 : 200,
    corps: <AnnulerPage {...s} sondes={await estSondee(c, s.seance)} motif={motif} erreurs={erreurs} />,
  });
}

export async function pageSeance(
  c: Contexte,
  s: SeanceChargee,
  services: Pick<ServicesSeances, 'coffre'>,
  o: { champs: Record<string, string>; erreurs: readonly ErreurDeChamp[] } = { champs: {}, erreurs: [] },
) {
  const [{ points, participants }, documents, dates, decisions, envois, ecartes, dits] = await lireEnsemble(c.db, [
    () => lireEnvoi(c, s),
    () => listDocuments(c.db, c.contrat.id, s.seance.id),
    () => seances.listDates(c.db, c.contrat.id, s.seance.id),
    () => listDecisionsDeSeance(c.db, c.contrat.id, s.seance.id),
    () => (s.tient ? getEnvois(c.db, c.contrat.id, [`/seances/${s.seance.id}`]) : []),
    () => listEcartes(c.db, c.contrat.id, s.seance.id),
    () => listMotsDePresence(c.db, c.contrat.id, s.seance.id),
  ]);
  const partie = await partieLisible(c, s);
  const lies = await objetsLies(c, 'seance', s.seance.id);
  const moi = c.utilisateur?.courriel.toLowerCase() ?? '';
  const siege = participants.find((p) => p.retireLe === null && moi !== '' && (p.courriel === moi || p.suppleantCourriel === moi));
  const fin = finDuLien([s.seance.jour, ...dates.map((d) => d.jour)], jourDe(c.maintenant));
  const lienDe = (p: { id: string }) =>
    cheminInvitation(services.coffre, { participantId: p.id, seanceId: s.seance.id, sequence: s.seance.sequence, adresse: moi }, fin);
  if (texte(c.requete.vue) === 'note')
    return page({
      ...CADRE,
      titre: `Note de séance : ${s.seance.titre}`,
      fil: [...filDe(s.instance), { libelle: s.seance.titre, href: `/seances/${s.seance.id}` }],
      corps: <NoteDeSeance {...s} points={points} decisions={decisions} />,
    });
  // Who noted whom is for those whom the session is of, and for who keeps it.
  const estMembre = s.tient || participants.some((p) => moi !== '' && [p.courriel, p.suppleantCourriel].includes(moi));
  const seContestent = moi !== '' && (s.seance.etat === 'relecture' || s.seance.etat === 'figee');
  const lectures = seContestent ? [participants, await avecLeursAdresses(c.db, c.contrat.id, s.seance.id, participants)] : [];
  return page({
    ...CADRE,
    titre: s.seance.titre,
    fil: filDe(s.instance),
    statut: o.erreurs.length > 0 ? 422 : 200,
    corps: (
      <SeancePage
        {...o}
        moi={moi}
        moiNom={c.utilisateur?.nom ?? ''}
        dits={dits}
        mots={estMembre ? dits : null}
        miennes={mesLignes(lectures, moi)}
        {...s}
        points={points}
        participants={participants}
        documents={documents}
        dates={dates}
        decisions={decisions}
        envois={envois}
        ecartes={ecartes}
        lies={lies}
        recherche={
          s.tient && s.seance.etat !== 'annulee'
            ? await chercherALier(
                c,
                s.catalogue.aire(s.instance.territoireId),
                lies.map((l) => l.id),
              )
            : null
        }
        invitation={siege ? lienDe(siege) : null}
        partie={partie}
        entiere={s.seance.partieDe ? await getSeance(c.db, c.contrat.id, s.seance.partieDe) : null}
        reserver={reservable(c, s) && !(await getPartie(c.db, c.contrat.id, s.seance.id))}
        aujourdhui={jourDe(c.maintenant)}
      />
    ),
  });
}
