/** A passkey beside the phrase: it closes the member's private key a second time, and opens it without the phrase being typed. */
import { code } from '../../../core/trace/details.ts';
import { randomBytes } from 'node:crypto';
import { conflit, type ErreurDeChamp, interdit } from '../../../core/errors.ts';
import { get, page, post, redirige, type Reponse, type Route } from '../../../core/http/http.ts';
import { exigerConfirmation } from '../../../core/http/confirmation.ts';
import { cheminDe, type Outils, voirCellule, type Vue } from '../cellules.contexte.ts';
import { accesMembres } from '../cellules.policy.ts';
import { enfermerSous, oublier } from '../cles/cles.ts';
import { CleDAccesPage } from '../pages/CleDAcces.tsx';
import { poserSel, setPrf } from './cellule.queries.ts';
import { travail } from './cellule.routes.tsx';
import { filDe, SANS_TRACE, signataire } from './cles.routes.tsx';
import { ouvrir } from './ouvrir.ts';
import { brut, lireIdDeCle, lireSecretDeCle } from './prf.schema.ts';

export function buildPrfRoutes(o: Outils): Route[] {
  const montrer = (v: Vue, sel: Buffer, erreurs: readonly ErreurDeChamp[] = []): Reponse =>
    page({
      ...travail,
      titre: 'Clé d’accès de la cellule',
      fil: filDe(v),
      scripts: ['cle-de-cellule.js'],
      statut: erreurs.length > 0 ? 422 : 200,
      corps: <CleDAccesPage vue={v} sel={sel} erreurs={erreurs} />,
    });
  return [
    /** 200 with a phrase; 303 to prove who asks; 403 without the cell's key. */
    get('/cellules/:cellule/cle-d-acces', accesMembres, async (c) => {
      const v = await voirCellule(c, o);
      const moi = signataire(v);
      if (!moi.boite || !moi.enfermee) throw interdit('Un membre qui a la clé doit d’abord vous la passer.');
      const confirmation = exigerConfirmation(c, `${cheminDe(v.cellule.id)}/cle-d-acces`);
      // Made by the form that uses it: reading writes nothing.
      return confirmation ?? montrer(v, moi.prfSel ?? randomBytes(32));
    }),
    /** 303 the private key is closed by it too; 422 another phrase, or nothing from a passkey; 409 the seat was asked about otherwise meanwhile. */
    post(
      '/cellules/:cellule/cle-d-acces',
      accesMembres,
      async (c) => {
        const v = await voirCellule(c, o, true);
        const moi = signataire(v);
        const confirmation = exigerConfirmation(c, `${cheminDe(v.cellule.id)}/cle-d-acces`);
        if (confirmation) return confirmation;
        const dit = lireSecretDeCle(brut(c, 'sel'));
        const sel = dit ? Buffer.from(dit) : (moi.prfSel ?? randomBytes(32));
        const [secret, prfCle] = [lireSecretDeCle(brut(c, 'prf')), lireIdDeCle(brut(c, 'cle'))];
        if (!secret || !prfCle)
          return montrer(v, sel, [
            { champ: 'prf', message: 'La clé d’accès n’a rien donné : utilisez un appareil qui sait ouvrir ainsi, ou gardez la phrase.' },
          ]);
        const ouverte = await ouvrir(moi, { phrase: brut(c, 'phrase') });
        if (!ouverte) {
          await c.auditer('cellule.phrase_refusee', cheminDe(v.cellule.id), { membre: code(moi.id) });
          return montrer(v, sel, [{ champ: 'phrase', message: 'Cette phrase n’ouvre pas votre clé. Vérifiez-la, mot à mot.' }]);
        }
        if (!(await poserSel(c.db, c.contrat.id, moi.id, sel)).equals(sel)) throw conflit('Cette page n’est plus à jour. Rechargez-la, puis recommencez.');
        await setPrf(c.db, c.contrat.id, moi.id, { enfermeePrf: await enfermerSous(ouverte.privee, secret, ouverte.connue), prfCle });
        oublier(ouverte.privee);
        oublier(ouverte.cle);
        oublier(secret);
        await c.auditer('cellule.cle_d_acces', cheminDe(v.cellule.id), { membre: code(moi.id), acte: 'ajoutee' });
        return redirige(`${cheminDe(v.cellule.id)}?fait=cle-d-acces`);
      },
      SANS_TRACE,
    ),
    /** 303 it opens nothing here any more: the phrase alone does; 409 there is none. */
    post('/cellules/:cellule/cle-d-acces/retirer', accesMembres, async (c) => {
      const v = await voirCellule(c, o, true);
      const moi = signataire(v);
      const confirmation = exigerConfirmation(c, `${cheminDe(v.cellule.id)}/cle-d-acces`);
      if (confirmation) return confirmation;
      if (!moi.enfermeePrf) throw conflit('Aucune clé d’accès n’ouvre ici votre clé.');
      await setPrf(c.db, c.contrat.id, moi.id, null);
      await c.auditer('cellule.cle_d_acces', cheminDe(v.cellule.id), { membre: code(moi.id), acte: 'retiree' });
      return redirige(`${cheminDe(v.cellule.id)}?fait=cle-d-acces-retiree`);
    }),
  ];
}
