/**
 * Confirming or correcting a card by the link of its correspondent, without an account. A correction is at once what the public reads: its
 * author was named by the organisation, it is a version, those who may take it back are told, and it is no verification (decision 36).
 * GET 200, 404, 410; POST 303, 200 both changes kept, 409 both shown, 422 with what was typed, 404, 410.
 */
import { code } from '../../../core/trace/details.ts';
import { acces as qui } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { type ErreurDeChamp, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, lire, page, post, redirige, type Reponse, type Route, texte } from '../../../core/http/http.ts';
import { changesDepuis, rapprocher } from '../../../core/http/versions.ts';
import type { Services } from '../../../core/module.ts';
import { conflictPage, mergedPage } from '../../../ui/Conflict.tsx';
import { getCatalogue } from '../../contrats/index.ts';
import { contenuDe, updateStructure } from '../structures/ecrire.ts';
import type { Champs } from '../structures/pages/StructureFormPage.tsx';
import { getStructureTenue, type StructureTenue } from '../structures/structures.queries.ts';
import { pratiqueSchema } from '../structures/structures.schema.ts';
import { avecPratique, enregistrePratique, formulairePratique } from '../structures/structures.vue.ts';
import { annoncerCorrection } from './lettre.ts';
import { type Acces, CHEMIN, CORRESPONDANT, estSigne, estValide, getAcces, noterReponse } from './lien.ts';
import { A_RELIRE, FinDeVerificationPage, VerifierPage } from './pages/VerifierPage.tsx';
import { suivreStructures } from './verification.dus.ts';

interface Ouvert {
  acces: Acces;
  s: StructureTenue;
  ici: string;
}
const pageFin = (ancien: boolean): Reponse => page({ titre: 'Ce lien ne sert plus', statut: 410, corps: <FinDeVerificationPage ancien={ancien} /> });

export function buildVerificationRoutes(services: Pick<Services, 'coffre' | 'adresse'>): Route[] {
  const ouvrir =
    (suite: (c: Contexte, o: Ouvert) => Promise<Reponse>) =>
    async (c: Contexte): Promise<Reponse> => {
      const acces = await getAcces(c.db, c.contrat.id, c.params.verification ?? '');
      if (!acces || !estSigne(services.coffre, acces, c.params.sceau ?? '')) throw introuvable('Cette page de vérification');
      const s = await getStructureTenue(c.db, c.contrat.id, acces.structureId, c.brut.request.method === 'POST');
      if (acces.fermeLe || !s || s.etat !== 'publiee' || s.jointeA) return pageFin(false);
      if (!estValide(acces, c.maintenant)) return pageFin(true);
      return suite(c, { acces, s, ici: `/annuaire/verifier/${acces.id}/${c.params.sceau}` });
    };
  const montrer = (c: Contexte, o: Ouvert, champs?: Champs, erreurs: readonly ErreurDeChamp[] = []): Reponse => {
    const enregistre = enregistrePratique(o.s);
    return page({
      titre: 'Vérifier une fiche',
      statut: erreurs.length > 0 ? 422 : 200,
      corps: (
        <VerifierPage
          structure={o.s}
          action={o.ici}
          enregistre={enregistre}
          champs={champs ?? enregistre.champs}
          erreurs={erreurs}
          fait={texte(c.requete.fait)}
          aujourdhui={jourDe(c.maintenant)}
        />
      ),
    });
  };
  /** Who wrote, as the card and its history say it: no institution of the contract verified anything. */
  const auteur = (c: Contexte) => ({ par: CORRESPONDANT, organisme: CORRESPONDANT.toLowerCase(), voie: 'lien' as const, quand: c.maintenant });

  return [
    get(
      CHEMIN,
      qui.public,
      ouvrir(async (c, o) => montrer(c, o)),
      { parMinute: 60, secrete: true },
    ),
    post(
      CHEMIN,
      qui.public,
      ouvrir(async (c, o) => {
        const catalogue = await getCatalogue(c.db, c.contrat.id);
        const formulaire = formulairePratique(o.s, o.ici);
        const actuel = enregistrePratique(o.s);
        const r = rapprocher(c.corps, actuel);
        if (r.genre === 'heurt') return page(conflictPage({}, { formulaire, r }));
        const saisis = { ...r.champs, version: texte(c.corps.version), _vu: texte(c.corps._vu) };
        const lu = lire(pratiqueSchema, r.champs);
        if (!lu.ok) return montrer(c, o, saisis, lu.erreurs);
        const apres = await avecPratique(lu.valeur, contenuDe(o.s));
        if (!apres.ok) return montrer(c, o, saisis, apres.erreurs);
        if (!(await updateStructure(c.db, catalogue, o.s, apres.valeur, auteur(c)))) return redirige(`${o.ici}?fait=inchange`);
        await annoncerCorrection(c, services, catalogue, o.s, apres.valeur);
        await c.auditer('structure.corrigee', `/annuaire/structures/${o.s.id}`, { lien: code(o.acces.id) }, { avant: contenuDe(o.s), apres: apres.valeur });
        await suite(c, o);
        return r.venus.length > 0 ? page(mergedPage({}, formulaire, r, o.ici)) : redirige(`${o.ici}?fait=corrige`);
      }),
      { parMinute: 6, secrete: true },
    ),
    // Everything is right: nobody confirms what they did not read, nor their own correction of how to reach the place; 422.
    post(
      `${CHEMIN}/confirmer`,
      qui.public,
      ouvrir(async (c, o) => {
        if (o.s.aRelire) return montrer(c, o, undefined, [{ champ: 'telephone', message: A_RELIRE }]);
        if (changesDepuis(c.corps, enregistrePratique(o.s)).length > 0)
          return montrer(c, o, undefined, [{ champ: 'adresse', message: 'La fiche a changé depuis que vous l’avez ouverte : relisez-la, puis confirmez.' }]);
        const catalogue = await getCatalogue(c.db, c.contrat.id);
        await updateStructure(c.db, catalogue, o.s, contenuDe(o.s), auteur(c), { verifie: true });
        await c.auditer('structure.confirmee', `/annuaire/structures/${o.s.id}`, { lien: code(o.acces.id) });
        await suite(c, o);
        return redirige(`${o.ici}?fait=confirme`);
      }),
      { parMinute: 30, secrete: true },
    ),
  ];
  async function suite(c: Contexte, o: Ouvert): Promise<void> {
    await noterReponse(c.db, c.contrat.id, o.acces.id, c.maintenant);
    await suivreStructures(c, [o.s.id]);
  }
}
