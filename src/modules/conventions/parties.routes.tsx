/** Who is party to an act, who signed for it, who left. GET 200, 403, 404; POST 303, 409 somebody did it meanwhile, 422 with what was typed, 403, 404. */
import { accesMetier, auTravail } from '../../core/authorize.ts';
import { conflit, type ErreurDeChamp, interdit, introuvable, invalide } from '../../core/errors.ts';
import { type Contexte, get, post, type Route, texte } from '../../core/http/http.ts';
import { code } from '../../core/trace/details.ts';
import { auteurDe, type Charge, charger, chargerPourEcrire } from './conventions.contexte.ts';
import { suivreActes } from './conventions.dus.ts';
import { peutRepondre } from './conventions.policy.ts';
import * as q from './conventions.queries.ts';
import { seSigne, sOuvre } from './conventions.rules.ts';
import { buildPartieSchema, buildRetraitSchema, buildSignatureSchema } from './conventions.schema.ts';
import * as w from './ecriture.queries.ts';
import { champsDe, exigerEnCours, lireOu, montrer, ou, pourLire, vers } from './formulaires.ts';
import { PartieFormPage, PartiePage } from './pages/PartiesPages.tsx';

async function chargerPartie(c: Contexte, verrou = false): Promise<{ s: Charge; partie: q.Partie }> {
  const s = await charger(c, verrou);
  const partie = (await q.listParties(c.db, c.contrat.id, [s.acte.id])).find((p) => p.id === c.params.partieDActe);
  if (!partie || !auTravail(c.utilisateur)) throw introuvable('Cette partie');
  if (!peutRepondre(c.utilisateur, s.tenu, partie.organisationId, s.catalogue.contient))
    throw interdit('La signature d’une partie est notée par elle, ou par qui tient l’acte.');
  return { s, partie };
}
export const partiesRoutes: Route[] = [
  get('/conventions/:convention/parties/nouvelle', accesMetier, async (c) => {
    const s = await pourLire(c);
    return montrer(c, s, 'Ajouter une partie', (f) => <PartieFormPage {...s} {...f} />);
  }),
  post(
    '/conventions/:convention/parties/nouvelle',
    accesMetier,
    async (c) => {
      const s = await chargerPourEcrire(c);
      exigerEnCours(s);
      if (!seSigne(s.acte.nature)) throw invalide('Un arrêté n’a pas de signataires : il a une autorité, qui est celle qui le tient.');
      const { valeur: v, erreurs } = lireOu(c, buildPartieSchema(s.aujourdhui), ['organisation', 'nom', 'signataire', 'fonction', 'signee_le']);
      const refuser = (e: readonly ErreurDeChamp[]) =>
        montrer(c, s, 'Ajouter une partie', (f) => <PartieFormPage {...s} {...f} />, { champs: champsDe(c), erreurs: e });
      if (!v) return refuser(erreurs);
      if (v.organisation && !s.catalogue.acteurs.has(v.organisation))
        return refuser([
          {
            champ: 'organisation',
            message: 'Cette organisation n’est pas, ou n’est plus, dans l’annuaire du contrat : choisissez-en une autre, ou écrivez son nom.',
          },
        ]);
      const id = await w.addPartie(c.db, ou(c, s), v, auteurDe(c));
      if (id === null)
        return refuser([{ champ: v.organisation ? 'organisation' : 'nom', message: 'Elle est déjà partie à cet acte : notez plutôt sa signature.' }]);
      await suivreActes(c, [s.acte.id, s.acte.remplaceId]);
      await c.auditer('convention.partie', `/conventions/${s.acte.id}`, { partie: code(id), signee: v.signee_le !== null }, { apres: v });
      return vers(s, 'parties');
    },
    { creation: true },
  ),
  get('/conventions/:convention/parties/:partieDActe', accesMetier, async (c) => {
    const { s, partie } = await chargerPartie(c);
    return montrer(c, s, 'Signature d’une partie', (f) => <PartiePage {...s} {...f} partie={partie} />);
  }),
  post('/conventions/:convention/parties/:partieDActe', accesMetier, async (c) => {
    const { s, partie } = await chargerPartie(c, true);
    exigerEnCours(s);
    const refuser = (e: readonly ErreurDeChamp[]) =>
      montrer(c, s, 'Signature d’une partie', (f) => <PartiePage {...s} {...f} partie={partie} />, { champs: champsDe(c), erreurs: e });
    const qui = { ...ou(c, s), partie: partie.id };
    const retrait = texte(c.corps.acte) === 'retirer';
    if (retrait) {
      const { valeur: v, erreurs } = lireOu(c, buildRetraitSchema(s.aujourdhui), ['jour']);
      if (!v) return refuser(erreurs);
      if (partie.signeeLe && !sOuvre(s.acte.nature))
        return refuser([{ champ: 'jour', message: 'Une partie qui a signé ne se retire que d’une charte. Pour finir cet acte, notez sa dénonciation.' }]);
      if (partie.signeeLe && v.jour < partie.signeeLe)
        return refuser([{ champ: 'jour', message: 'Elle se retirerait avant d’avoir signé : corrigez la date.' }]);
      if (!(await w.retirer(c.db, qui, v.jour))) throw conflit('Cette partie s’est déjà retirée. Rechargez la page.');
    } else {
      const { valeur: v, erreurs } = lireOu(c, buildSignatureSchema(s.aujourdhui), ['signataire', 'fonction', 'jour']);
      if (!v) return refuser(erreurs);
      if (v.signataire.length === 1) return refuser([{ champ: 'signataire', message: 'Écrivez le nom en entier.' }]);
      if (!(await w.signer(c.db, qui, v, auteurDe(c)))) throw conflit('Cette signature est déjà notée, ou cette partie s’est retirée. Rechargez la page.');
    }
    await suivreActes(c, [s.acte.id, s.acte.remplaceId]);
    await c.auditer(retrait ? 'convention.retrait' : 'convention.signee', `/conventions/${s.acte.id}`, { partie: code(partie.id) }, { apres: champsDe(c) });
    return vers(s, 'parties');
  }),
];
