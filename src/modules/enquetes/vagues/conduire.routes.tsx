/** Opening a wave, inviting, following how many answer, closing. Nobody reads a result before the wave is closed. */
import { code, codes } from '../../../core/trace/details.ts';
import { accesMetier } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, lire, numeroDePage, page, post, redirige, type Reponse, type Route, texte } from '../../../core/http/http.ts';
import type { Services } from '../../../core/module.ts';
import { type Catalogue, getCatalogue } from '../../contrats/index.ts';
import { periodesOuvertes, refusDuGrain } from '../../indicateurs/index.ts';
import type { Enquete } from '../definition/definition.schema.ts';
import { conduit, peutConduire } from '../enquetes.policy.ts';
import { ConduirePage } from '../pages/ConduirePage.tsx';
import { VagueFormPage } from '../pages/VagueFormPage.tsx';
import { cloreVague, figuresDe, lireTextes } from './cloture.ts';
import { inviter } from './inviter.ts';
import { addVague, getVague, type Vague } from './vagues.queries.ts';
import { suivreVague } from './vagues.dus.ts';
import { etatDe } from './vagues.rules.ts';
import { lireAdresses, vagueSchema } from './vague.schema.ts';

const PAS_A_VOUS = 'Une vague se mène par qui répond du chiffre qu’elle donne, ou par la coordination. Adressez-vous à votre coordination.';
const FIL = [{ libelle: 'Enquêtes', href: '/enquetes' }];
const travail = { largeur: 'travail', section: 'enquetes', fil: FIL } as const;
const uneSeule = (corps: Readonly<Record<string, unknown>>) => Object.fromEntries(Object.entries(corps).map(([k, v]) => [k, texte(v)]));

export type Outils = Pick<Services, 'coffre' | 'adresse'> & { enquetes: ReadonlyMap<string, Enquete> };

export function buildConduireRoutes(o: Outils): Route[] {
  async function uneEnquete(c: Contexte): Promise<{ e: Enquete; cat: Catalogue; places: ReturnType<typeof peutConduire> }> {
    const e = o.enquetes.get(c.params.enquete ?? '');
    if (!e) throw introuvable('Cette enquête');
    const cat = await getCatalogue(c.db, c.contrat.id);
    const places = peutConduire(c.utilisateur, cat, e);
    if (places.length === 0) throw interdit(PAS_A_VOUS);
    return { e, cat, places };
  }
  async function uneVague(c: Contexte, tenue: boolean): Promise<{ v: Vague; cat: Catalogue }> {
    const v = await getVague(c.db, c.contrat.id, c.params.vague ?? '', tenue);
    if (!v) throw introuvable('Cette vague');
    const cat = await getCatalogue(c.db, c.contrat.id);
    if (!conduit(c.utilisateur, cat, v.definition, v)) throw interdit(PAS_A_VOUS);
    return { v, cat };
  }
  const periodesDe = (e: Enquete, cat: Catalogue, aujourdhui: string): string[] => {
    const m = cat.mesures.get(e.resultats[0]?.mesure ?? '');
    return m ? periodesOuvertes(m, cat.contrat, aujourdhui) : [];
  };
  const formulaire = (
    c: Contexte,
    k: Awaited<ReturnType<typeof uneEnquete>>,
    champs: Record<string, string>,
    erreurs: readonly ErreurDeChamp[] = [],
  ): Reponse =>
    page({
      ...travail,
      titre: 'Ouvrir une vague',
      statut: erreurs.length > 0 ? 422 : 200,
      corps: (
        <VagueFormPage
          enquete={k.e}
          catalogue={k.cat}
          places={k.places}
          periodes={periodesDe(k.e, k.cat, jourDe(c.maintenant))}
          champs={champs}
          erreurs={erreurs}
        />
      ),
    });
  async function conduite(
    c: Contexte,
    v: Vague,
    cat: Catalogue,
    plus: { champs?: Record<string, string>; erreurs?: readonly ErreurDeChamp[] } = {},
  ): Promise<Reponse> {
    const close = v.closeLe !== null;
    return page({
      ...travail,
      titre: v.definition.titre.fr,
      statut: plus.erreurs && plus.erreurs.length > 0 ? 422 : 200,
      corps: (
        <ConduirePage
          vague={v}
          catalogue={cat}
          etat={etatDe(v, jourDe(c.maintenant))}
          adresse={o.adresse}
          figures={close ? await figuresDe(c, v) : []}
          textes={await lireTextes(c, v, numeroDePage(c))}
          champs={plus.champs ?? {}}
          erreurs={plus.erreurs ?? []}
          fait={{ envoyees: texte(c.requete.envoyees), deja: texte(c.requete.deja) }}
        />
      ),
    });
  }

  return [
    /** 200 the form; 403 not asked of this person; 404 unknown survey. */
    get('/enquetes/ouvrir/:enquete', accesMetier, async (c) => {
      const k = await uneEnquete(c);
      const [premiere] = k.places;
      return formulaire(c, k, { pour: premiere ? `${premiere.debiteur}|${premiere.territoireId}` : '', acces: 'ouvert', tirage: 'volontaires' });
    }),
    /** 303 opened; 422 with what was typed; 403 not asked of this person; 404 unknown survey. */
    post(
      '/enquetes/ouvrir/:enquete',
      accesMetier,
      async (c) => {
        const k = await uneEnquete(c);
        const u = c.utilisateur;
        if (!u) throw interdit(PAS_A_VOUS);
        const champs = uneSeule(c.corps);
        const lu = lire(vagueSchema, c.corps);
        if (!lu.ok) return formulaire(c, k, champs, lu.erreurs);
        const { pour, ...dit } = lu.valeur;
        const [debiteur = '', territoireId = ''] = pour.split('|');
        const aujourdhui = jourDe(c.maintenant);
        const erreurs: ErreurDeChamp[] = k.places.some((p) => p.debiteur === debiteur && p.territoireId === territoireId)
          ? []
          : [{ champ: 'pour', message: 'Dites pour qui et où : choisissez dans la liste.' }];
        for (const r of erreurs.length > 0 ? [] : k.e.resultats) {
          const m = k.cat.mesures.get(r.mesure);
          if (m) erreurs.push(...refusDuGrain(m, k.cat, { debiteur, territoireId, periode: dit.periode, ventilation: '' }, aujourdhui));
        }
        if (dit.fin < aujourdhui) erreurs.push({ champ: 'fin', message: 'Le dernier jour est passé : personne ne pourrait répondre.' });
        if (erreurs.length > 0) return formulaire(c, k, champs, erreurs);
        const invites = dit.acces === 'invitation' ? null : dit.invites;
        const id = await addVague(c.db, c.contrat.id, k.e, { ...dit, invites, debiteur, territoireId }, u, c.maintenant);
        await suivreVague(c, id);
        await c.auditer(
          'enquete.ouverte',
          `/enquetes/vagues/${id}`,
          { enquete: code(k.e.code), periode: code(dit.periode), debiteur: code(debiteur), acces: dit.acces },
          { apres: dit },
        );
        return redirige(`/enquetes/vagues/${id}/conduire`);
      },
      { creation: true },
    ),
    /** 200 how many answered, and what may be done; 403 not asked of this person; 404 unknown wave. */
    get('/enquetes/vagues/:vague/conduire', accesMetier, async (c) => {
      const { v, cat } = await uneVague(c, false);
      return conduite(c, v, cat);
    }),
    /** 303 letters on their way, none to who was invited before; 422 with what was typed; 403 not asked of this person; 404 unknown wave. */
    post(
      '/enquetes/vagues/:vague/inviter',
      accesMetier,
      async (c) => {
        const { v, cat } = await uneVague(c, true);
        const champs = uneSeule(c.corps);
        const refus = (message: string) => conduite(c, v, cat, { champs, erreurs: [{ champ: 'adresses', message }] });
        if (v.acces !== 'invitation') return refus('On répond à cette vague par un lien ouvert : donnez ce lien.');
        if (v.closeLe !== null || jourDe(c.maintenant) > v.fin) return refus('Cette vague est terminée : personne ne pourrait plus répondre.');
        const lues = lireAdresses(champs.adresses ?? '');
        if (!lues.ok) return refus(lues.message);
        const dit = await inviter(c, v, lues.adresses, { ...o, nomDebiteur: cat.nomActeur(v.debiteur) });
        await c.auditer('enquete.invitations', `/enquetes/vagues/${v.id}`, dit);
        return redirige(`/enquetes/vagues/${v.id}/conduire?envoyees=${dit.envoyees}&deja=${dit.deja}`);
      },
      { creation: true },
    ),
    /** 303 closed, its figures given; 422 not confirmed, or not begun; 409 closed by another; 403 not asked of this person; 404 unknown wave. */
    post('/enquetes/vagues/:vague/clore', accesMetier, async (c) => {
      const { v, cat } = await uneVague(c, true);
      const u = c.utilisateur;
      if (!u) throw interdit(PAS_A_VOUS);
      const etat = etatDe(v, jourDe(c.maintenant));
      const refus = (message: string) => conduite(c, v, cat, { erreurs: [{ champ: 'confirme', message }] });
      if (etat === 'a-venir') return refus('Cette vague n’a pas commencé : elle se clora quand on y aura répondu.');
      if (texte(c.corps.confirme) !== 'oui' && etat !== 'close') return refus('Cochez la case : une vague close ne se rouvre pas.');
      const mesures = await cloreVague(c, cat, v, u, o.adresse);
      await suivreVague(c, v.id);
      await c.auditer('enquete.close', `/enquetes/vagues/${v.id}`, { enquete: code(v.code), reponses: v.reponses, mesures: codes(mesures) });
      return redirige(`/enquetes/vagues/${v.id}`);
    }),
  ];
}
