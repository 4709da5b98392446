/** Notes of a room to mairies: written by who conducts, sent at once, never changed; a correction is another note. */
import { code } from '../../../core/trace/details.ts';
import type { ErreurDeChamp } from '../../../core/errors.ts';
import { type Contexte, get, lire, liste, post, redirige, type Reponse, type Route, texte, champsDe } from '../../../core/http/http.ts';
import { fonctionDe, getReglement } from '../../alertes/index.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { grouper } from '../../echeances/index.ts';
import { agir, conduireSeulement, consigner, entrer, montrer, relireTextes } from '../conduite/conduite.contexte.tsx';
import { cheminDe, type Champs, type Salle } from '../conduite/salle.ts';
import type { Outils } from '../crises.outils.ts';
import { accesCrises } from '../crises.policy.ts';
import type { Cadre } from '../crises.schema.ts';
import { phrase, RIEN, su } from '../main-courante/phrase.rules.ts';
import { buildAccuserRoutes } from './accuser.routes.tsx';
import { accorderNotes } from './fil.dus.ts';
import { addMairies, addNote, listEnvois, listMairies, listNotes, prochainNumero } from './fil.queries.ts';
import { sansCorrection, suivreMairie } from './fil.rules.ts';
import { noteSchema } from './fil.schema.ts';
import { FilPage } from './pages/FilPage.tsx';
import { ecrireA, type Fil, mairiesDe, type Ou, toursDe } from './prevenir.ts';

/** Null where the contract has no such thread: nothing in its file, or no rosters. */
export async function getFil(cadre: Pick<Cadre, 'fil'> | undefined, dossierContrat: string): Promise<Fil | null> {
  const reglement = cadre?.fil ? await getReglement(dossierContrat) : null;
  return cadre?.fil && reglement && fonctionDe(reglement, cadre.fil.fonction) ? { ...cadre.fil, reglement } : null;
}
/** Who may have told it: the control room itself, or one of the others that the file lists. */
const originesDe = (cadre: Cadre): { code: string; libelle: string }[] => [{ code: 'scop', libelle: cadre.scop.libelle }, ...cadre.provenances];

export function buildFilRoutes(o: Outils, fil: Fil): Route[] {
  const ou = (c: Contexte, cat: Catalogue): Ou => ({
    db: c.db,
    contratId: c.contrat.id,
    maintenant: c.maintenant,
    coffre: o.coffre,
    adresse: o.adresse,
    cat,
    fil,
  });
  /** Those of the room, and those that a note went to. */
  const offertes = (k: Salle, mairies: readonly { territoireId: string }[]): string[] => [
    ...new Set([...mairiesDe(k.cat, k.crise.territoireId), ...mairies.map((m) => m.territoireId)]),
  ];
  async function ecran(
    c: Contexte,
    k: Salle,
    plus: { erreurs?: readonly ErreurDeChamp[]; champs?: Champs; cochees?: readonly string[]; fait?: string } = {},
  ): Promise<Reponse> {
    const [notes, mairies] = [await listNotes(c.db, c.contrat.id, k.crise.id), await listMairies(c.db, c.contrat.id, k.crise.id)];
    const envois = grouper(
      await listEnvois(
        c.db,
        c.contrat.id,
        mairies.map((m) => m.id),
      ),
      (e) => e.mairieId,
    );
    const toutes = offertes(k, mairies);
    const champs = plus.champs ?? { corrige: texte(c.requete.corrige) };
    const corrigees = mairies.filter((m) => String(m.note) === champs.corrige).map((m) => m.territoireId);
    const ouverte = k.crise.etat === 'ouverte';
    return montrer(k, {
      titre: 'Notes aux mairies',
      ici: 'fil',
      erreurs: plus.erreurs ?? [],
      fait: plus.fait,
      corps: (
        <FilPage
          salle={k}
          fil={fil}
          origines={originesDe(o.cadre)}
          notes={notes}
          suivis={mairies.map((m) => ({ mairie: m, ...suivreMairie(m, envois.get(m.id) ?? [], { maintenant: c.maintenant, ouverte }) }))}
          toutes={toutes}
          cochees={plus.cochees ?? (corrigees.length > 0 ? corrigees : toutes)}
          champs={champs}
          erreurs={plus.erreurs ?? []}
        />
      ),
    });
  }
  return [
    /** 200 · 403 · 404 */
    get(
      '/crises/:crise/fil',
      accesCrises,
      async (c) => ecran(c, await entrer(c, o), texte(c.requete.fait) === 'envoyee' ? { fait: 'La note est envoyée : elle ne change plus.' } : {}),
      {
        sensible: true,
      },
    ),
    /** 303 sent, its letters queued · 422 with what was typed · 409 closed · 403 not who conducts · 404 */
    post(
      '/crises/:crise/fil',
      accesCrises,
      async (c) => {
        const k = await agir(c, o);
        conduireSeulement(k);
        const champs = champsDe(c);
        const ecrites = await listMairies(c.db, c.contrat.id, k.crise.id);
        const toutes = offertes(k, ecrites);
        const nom = (m: string) => k.cat.territoires.get(m)?.nom ?? m;
        const cochees = toutes.length === 1 ? toutes : liste(c.corps.mairies).filter((m) => toutes.includes(m));
        const lu = lire(noteSchema, c.corps);
        const erreurs: ErreurDeChamp[] = lu.ok ? [] : [...lu.erreurs];
        const origine = originesDe(o.cadre).find((x) => x.code === champs.origine);
        if (lu.ok && !origine) erreurs.push({ champ: 'origine', message: 'Dites d’où vient l’information.' });
        if (cochees.length === 0) erreurs.push({ champ: 'mairies', message: 'Choisissez au moins une mairie.' });
        const corrigee = lu.ok && lu.valeur.corrige > 0 ? (await listNotes(c.db, c.contrat.id, k.crise.id, lu.valeur.corrige))[0] : undefined;
        if (lu.ok && lu.valeur.corrige > 0 && !corrigee) erreurs.push({ champ: 'corrige', message: 'Cette note n’existe pas dans la salle.' });
        const oubliees = corrigee ? sansCorrection(ecrites, corrigee.numero, cochees) : [];
        if (corrigee && oubliees.length > 0)
          erreurs.push({
            champ: 'mairies',
            message: `La note n° ${corrigee.numero} est aussi allée à ${oubliees.map(nom).join(', ')} : une correction va au moins à qui a reçu la note. Nous avons coché ce qui manquait.`,
          });
        if (!lu.ok || !origine || erreurs.length > 0) return ecran(c, k, { champs, cochees: [...cochees, ...oubliees], erreurs });
        const relus = relireTextes(c, k, { texte: lu.valeur.texte });
        if (!relus.ok) return ecran(c, k, { champs, cochees, erreurs: relus.etonnements });
        const numero = await prochainNumero(c.db, c.contrat.id, k.crise.id);
        const noms = cochees.map(nom).join(', ');
        const entree = await consigner(c, k, {
          classe: 'information',
          contenu: phrase`Note n° ${numero} aux mairies (${su(noms)}), de ${su(origine.libelle)}${corrigee ? phrase`, corrige la note n° ${corrigee.numero}` : RIEN}. ${relus.relus.texte}`,
        });
        await addNote(c.db, c.contrat.id, {
          criseId: k.crise.id,
          numero,
          entree,
          origine: origine.code,
          corrige: corrigee?.numero ?? null,
          envoyeeLe: c.maintenant,
        });
        const dans = ou(c, k.cat);
        const tours = await toursDe(dans, cochees);
        const mairies = await addMairies(
          c.db,
          c.contrat.id,
          { criseId: k.crise.id, numero },
          cochees.map((territoireId) => ({ territoireId, organisationId: fil.acteur })),
        );
        const lettres = await ecrireA(
          dans,
          k.crise,
          numero,
          mairies.flatMap((mairie) => (tours.get(mairie.territoireId)?.premiers ?? []).map((inscrit) => ({ mairie, inscrit, motif: 'liste' as const }))),
        );
        await accorderNotes(
          c.db,
          c.contrat.id,
          mairies.map((m) => m.id),
          c.maintenant,
        );
        await c.auditer('crise.note', cheminDe(k.crise.id, '/fil'), { numero, origine: code(origine.code), mairies: mairies.length, lettres });
        return redirige(`${cheminDe(k.crise.id, '/fil')}?fait=envoyee`);
      },
      { creation: true },
    ),
    ...buildAccuserRoutes({ coffre: o.coffre, cadre: o.cadre, fil }),
  ];
}
