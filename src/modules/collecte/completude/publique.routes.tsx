/**
 * What the institutions owe, for everyone: late by how long, reminded how often, and what they answer. What is not due yet is said apart and
 * is never a delay. The same page for every reader: no person is named.
 */
import { estJour } from '../../../core/jours.ts';
import { acces } from '../../../core/authorize.ts';
import { lireEnsemble } from '../../../core/base/database.ts';
import { introuvable } from '../../../core/errors.ts';
import { lireCurseur } from '../../../core/http/cursors.ts';
import { get, page, type Route, texte } from '../../../core/http/http.ts';
import { additionnerAvancement, compterAvancement, compterRappels, listEcheances } from '../../echeances/index.ts';
import { adresse, cadrer } from './completude.cadre.ts';
import { AttendusPage } from './pages/AttendusPage.tsx';
import { InstitutionPage } from './pages/InstitutionPage.tsx';
import { listRaisons } from './raisons.queries.ts';

const PAR_PAGE = 50;
/** The next ones that will be due, said apart. */
const A_VENIR = 100;

export const publiqueRoutes: Route[] = [
  /** 200: by institution, the most late first. */
  get('/chiffres-attendus', acces.public, async (c) => {
    const k = await cadrer(c, { public: true });
    const nom = (l: { cle: string; lieu: string | null }) => k.catalogue.nomActeurA(l.cle, l.lieu);
    const lignes = [...(await compterAvancement(c.db, k.lecteur, 'organisation', { genre: k.filtres.genre }))].sort(
      (a, b) => b.comptes.en_retard - a.comptes.en_retard || nom(a).localeCompare(nom(b), 'fr'),
    );
    return page({
      titre: 'Chiffres attendus',
      corps: <AttendusPage catalogue={k.catalogue} lignes={lignes} total={additionnerAvancement(lignes)} />,
    });
  }),
  /** 200: each late figure of one institution, and apart what is not due yet; 404 unknown institution. */
  get('/chiffres-attendus/:acteur', acces.public, async (c) => {
    const k = await cadrer(c, { public: true });
    const acteur = k.catalogue.acteurs.get(c.params.acteur ?? '');
    if (!acteur) throw introuvable('Cette institution');
    const lieu = k.champs.lieu;
    const siennes = { genre: k.filtres.genre, organisation: acteur.id, ...(lieu && { lieu }), etat: 'toutes' as const };
    const apres = lireCurseur(texte(c.requete.apres), (cle) => cle === 'infinity' || estJour(cle));
    const [comptees, lues, aVenir] = await lireEnsemble(c.db, [
      () => compterAvancement(c.db, k.lecteur, 'organisation', siennes),
      () => listEcheances(c.db, k.lecteur, { ...siennes, avancement: 'en_retard' }, apres, PAR_PAGE + 1),
      () => listEcheances(c.db, k.lecteur, { ...siennes, avancement: 'attendu' }, null, A_VENIR),
    ]);
    const retards = lues.slice(0, PAR_PAGE);
    const ids = retards.map((e) => e.id);
    const [rappels, raisons] = await lireEnsemble(c.db, [() => compterRappels(c.db, c.contrat.id, ids), () => listRaisons(c.db, c.contrat.id, ids)]);
    const derniere = retards.at(-1);
    const suite = lues.length > PAR_PAGE && derniere ? { lieu, apres: `${derniere.dueLe ?? 'infinity'}_${derniere.id}` } : null;
    return page({
      titre: `Chiffres attendus : ${k.catalogue.nomActeurA(acteur.id, lieu || null)}`,
      fil: [{ libelle: 'Chiffres attendus', href: '/chiffres-attendus' }],
      corps: (
        <InstitutionPage
          catalogue={k.catalogue}
          nom={k.catalogue.nomActeurA(acteur.id, lieu || null)}
          total={additionnerAvancement(comptees)}
          retards={retards}
          aVenir={aVenir}
          rappels={rappels}
          raisons={raisons}
          aujourdhui={k.lecteur.aujourdhui}
          suite={suite && adresse(`/chiffres-attendus/${encodeURIComponent(acteur.id)}`, suite)}
        />
      ),
    });
  }),
];
