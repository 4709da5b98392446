/** The page on which minutes are brought to an end, and everything that freezing checks. */
import { lireEnsemble } from '../../../core/base/database.ts';
import { jourDe } from '../../../core/clock.ts';
import type { ErreurDeChamp } from '../../../core/errors.ts';
import { type Contexte, page, redirige } from '../../../core/http/http.ts';
import { listComptes } from '../../comptes/index.ts';
import { CADRE, cadreDe, filDe } from '../../instances/index.ts';
import { aConfirmerPourFiger } from '../heures.rules.ts';
import { ecartablesDe } from '../paroles/voix.rules.ts';
import { avecLeursAdresses } from '../paroles/paroles.queries.ts';
import { compter, direPortee, porteeDe } from '../portee.rules.ts';
import { empreinteContenu } from '../releve/contenu.rules.ts';
import { signesSansDessin } from '../releve/impression.ts';
import { chargerSeance, type SeanceChargee } from '../seances.contexte.ts';
import { peutAmender, peutApprouver } from '../seances.policy.ts';
import { listParticipants, listPoints, type Participant } from '../seances.queries.ts';
import { heuresReelles, momentDuMur } from '../seances.rules.ts';
import { listBrouillons } from '../tenue/brouillons.queries.ts';
import { listMotsDePresence, listPartis } from '../tenue/presences.queries.ts';
import { type AClasser, aClasser } from '../tenue/presences.rules.ts';
import { courrielDe, estPresent, siegeDe } from './cloture.contexte.ts';
import * as q from './cloture.queries.ts';
import { actesDe, aNote, chaisesDe, ligneDuTexte, obstacles, suivreAnterieures, suivreApprobations } from './cloture.rules.ts';
import { listApprobations } from './contenu.queries.ts';
import { avecCeQuiEstDit, lireContenu } from './contenu.ts';
import { ClorePage } from './pages/ClorePage.tsx';
import { getEnvoiDuReleve, getEtatDocuments } from './releve.documents.ts';
import { listTenants } from './tenants.queries.ts';

/** Everything that the page shows and that freezing checks. */
export async function lireEtat(c: Contexte, s: SeanceChargee) {
  const aujourdhui = jourDe(c.maintenant);
  const [contenu, participants, points, amendements, donnees, releves, brouillons, tenants] = await lireEnsemble(c.db, [
    () => lireContenu(c.db, c.contrat.id, s.catalogue, s.instance, s.seance, { demonstration: c.demonstration }),
    () => listParticipants(c.db, c.contrat.id, s.seance.id),
    () => listPoints(c.db, c.contrat.id, s.seance.id),
    () => q.listAmendements(c.db, c.contrat.id, s.seance.id),
    () => listApprobations(c.db, c.contrat.id, s.seance.id),
    () => q.listReleves(c.db, c.contrat.id, s.seance.id),
    async () => (s.tient ? await listBrouillons(c.db, c.contrat.id, s.seance.id) : []),
    () => listTenants(c.db, c.contrat.id, s.seance.id, aujourdhui),
  ]);
  const empreinte = empreinteContenu(contenu);
  // Frozen minutes are approved as they were frozen.
  const texte = s.seance.etat === 'figee' ? (releves[0]?.empreinte ?? empreinte) : empreinte;
  const desormais = await avecLeursAdresses(c.db, c.contrat.id, s.seance.id, participants);
  const { fermees } = await listComptes(c.db, c.contrat.id, c.maintenant);
  const presidences = { participants, desormais, successeurs: tenants, fermees };
  const approbations = suivreApprobations(presidences, donnees, texte);
  const arretees = [...new Set(releves.map((r) => r.empreinte))].filter((x) => x !== texte);
  const anterieures = suivreAnterieures(presidences, donnees, arretees);
  const restes = obstacles({
    relectureJusqua: s.seance.relectureJusqua,
    aujourdhui,
    amendementsOuverts: amendements.filter((a) => a.etat === 'propose').length,
    approbations,
    commencees: brouillons.filter((b) => b.ecarteLe === null).length,
  });
  const reel = s.seance.ouverteLe ? heuresReelles(s.seance.ouverteLe, s.seance.leveeLe) : null;
  const questions = aConfirmerPourFiger(s.seance, reel, momentDuMur(c.maintenant));
  return {
    desormais,
    brouillons,
    reel,
    questions,
    contenu,
    participants,
    points,
    amendements,
    approbations,
    anterieures,
    releves,
    empreinte,
    restes,
    aujourdhui,
  };
}

/** Every address of the session that may be said not to be theirs, line by line. */
export async function lireEcartables(c: Contexte, e: Pick<Awaited<ReturnType<typeof lireEtat>>, 'participants' | 'desormais'>) {
  const { ouverts, fermees } = await listComptes(c.db, c.contrat.id, c.maintenant);
  const comptes = new Map(ouverts.map((u) => [u.courriel.toLowerCase(), u.nom]));
  return e.participants.flatMap((participant) =>
    ecartablesDe([participant, ...e.desormais.filter((x) => x.id === participant.id)], fermees, comptes).map((x) => ({ ...x, participant })),
  );
}
export type Ecartable = Awaited<ReturnType<typeof lireEcartables>>[number];
/** What somebody who left contests of a presence. */
export async function lireAClasser(c: Contexte, s: SeanceChargee, participants: readonly Participant[]): Promise<AClasser[]> {
  const mots = await listMotsDePresence(c.db, c.contrat.id, s.seance.id);
  if (!mots.some((m) => m.acte === 'contestee')) return [];
  const o = {
    aujourdhui: jourDe(c.maintenant),
    organisations: [...s.catalogue.acteurs.keys()],
    // Of what only its seats read, an account without one opens nothing.
    comptes: s.instance.confidentialite !== 'restreinte' && s.seance.partieDe === null,
  };
  return aClasser(participants, mots, await listPartis(c.db, c.contrat.id, s.seance.id, o));
}

export async function pageClore(c: Contexte, o: { champs: Record<string, string>; erreurs: readonly ErreurDeChamp[] } = { champs: {}, erreurs: [] }) {
  const s = await chargerSeance(c);
  if (s.seance.etat !== 'relecture' && s.seance.etat !== 'figee') return redirige(`/seances/${s.seance.id}`);
  const e = await lireEtat(c, s);
  const siege = siegeDe(e.participants, courrielDe(c));
  const chaises = chaisesDe(e.approbations, c.utilisateur);
  // Of the text at hand first, of those that were frozen, of those of which they contest what was noted: what is shown is what the form says.
  const repond = chaises
    .flatMap((x) => x.ligne.toutes.map((a) => ({ ...x, ligne: ligneDuTexte(e, x.ligne.participant.id, a.empreinte) ?? x.ligne })))
    .filter((x, i, tous) => actesDe(x).length > 0 && tous.findIndex((y) => y.ligne.approbation === x.ligne.approbation) === i);
  // What is given or contested is answered, not approved again.
  const approuve = chaises.filter(({ ligne, voie }) => voie !== 'convoque_dabord' && (ligne.etat === 'attendue' || ligne.etat === 'caduque'));
  const amende = peutAmender(c.utilisateur, {
    etat: s.seance.etat,
    present: estPresent(siege),
    ouverteJusqua: s.seance.relectureJusqua,
    aujourdhui: e.aujourdhui,
  });
  const classables = s.tient ? await lireAClasser(c, s, e.participants) : [];
  const publication = await q.getPublication(c.db, c.contrat.id, s.seance.id);
  const documents = await getEtatDocuments(c.db, c.contrat.id, { seanceId: s.seance.id, version: e.releves[0]?.version ?? 0 });
  const envoi = await getEnvoiDuReleve(c.db, c.contrat.id, { seanceId: s.seance.id, version: e.releves[0]?.version ?? 0 });
  return page({
    ...CADRE,
    rafraichir: s.seance.etat === 'figee' && documents.etat === 'preparation' ? 5 : undefined,
    titre: `Relevé de ${s.seance.titre}`,
    fil: filDe(s.instance),
    statut: o.erreurs.length > 0 ? 422 : 200,
    corps: (
      <ClorePage
        {...s}
        {...e}
        contenu={s.seance.etat === 'figee' && e.releves[0] ? await avecCeQuiEstDit(c.db, c.contrat.id, e.releves[0]) : e.contenu}
        amende={amende}
        approuve={peutApprouver(c.utilisateur, cadreDe(s.instance)) ? approuve : []}
        repond={repond}
        plusieurs={chaises.length > 1}
        aNote={(l) => aNote(l.approbation, c.utilisateur)}
        aClasser={classables}
        ecartables={s.tient ? await lireEcartables(c, e) : []}
        publie={publication !== null}
        documents={documents}
        envoi={envoi}
        signes={s.seance.etat === 'figee' ? [] : await signesSansDessin(e.contenu)}
        porteeDite={direPortee(compter(porteeDe(e.participants)))}
        {...o}
      />
    ),
  });
}
