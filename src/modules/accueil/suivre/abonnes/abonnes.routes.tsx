/**
 * Letters to who follows something, without account. Asking never looks at who is subscribed, so that no answer can tell it.
 * POST /suivre 303, 422 with what was typed, 404, 429 for one network; confirming GET 200, 404, 410, POST 303, 404, 410;
 * the page of a subscription GET 200, 404, 410, POST 200 (RFC 8058: no redirection, no session), 404; counts GET 200, 403.
 */
import { JOUR_MS } from '../../../../core/jours.ts';
import { acces } from '../../../../core/authorize.ts';
import { jourDe } from '../../../../core/clock.ts';
import { ajouterCourriel } from '../../../../core/courrier/mail.ts';
import { oublierLettres } from '../../../../core/courrier/oublis.queries.ts';
import { type ErreurDeChamp, introuvable } from '../../../../core/errors.ts';
import { prefixeDe } from '../../../../core/http/addresses.ts';
import { type Contexte, get, lire, page, post, redirige, type Reponse, type Route, texte } from '../../../../core/http/http.ts';
import type { Services } from '../../../../core/module.ts';
import { jour, pluriel } from '../../../../ui/typographie.ts';
import { getCatalogue } from '../../../contrats/index.ts';
import { lireSuivi, type Voulu } from '../suivre.contexte.ts';
import { suivi } from '../suivre.rules.ts';
import { type Abonne, addDemande, arreter, confirmer, countAbonnes, countDemandes, type Demande, getAbonne, getDemande, oublier } from './abonnes.queries.ts';
import {
  cheminPourConfirmer,
  cheminPourTenir,
  ecrireConfirmation,
  empreinteDe,
  ouvreLAbonnement,
  ouvreLaConfirmation,
  PAR_ADRESSE,
  PAR_RESEAU,
  prochain,
  reseauDe,
  type Sujet,
  sujetDe,
  vouluDe,
} from './abonnes.rules.ts';
import { abonnementSchema } from './abonnes.schema.ts';
import { objetDe } from './lettres.ts';
import { AbonnementPage, ConfirmerPage, DesabonnePage, LienFiniPage } from './pages/AbonnementPages.tsx';
import { AbonnesPage } from './pages/AbonnesPage.tsx';

const TENIR = '/suivre/abonnement/:abonne/:cachet';
const CONFIRMER = '/suivre/confirmer/:inscription/:cachet';
/** Mail programs send their one field as a form with parts; no file is expected. */
const PARTIES_MAX = 1024;
const DISCRETE = { secrete: true, sansEffetPublic: true } as const;

const voulu = (corps: Contexte['corps']): Voulu => ({ fiche: texte(corps.fiche) || undefined, territoire: texte(corps.territoire) || undefined });
const pageFinie = (): Reponse => page({ titre: 'Ce lien ne sert plus', statut: 410, corps: <LienFiniPage /> });
const pageDesabonne = (statut: 200 | 410): Reponse => page({ titre: 'Vous n’êtes plus abonné', statut, corps: <DesabonnePage /> });

/** `montrer`: the page of what is followed, with what was typed and what is wrong. */
export function buildAbonnesRoutes(
  services: Pick<Services, 'coffre' | 'adresse'>,
  montrer: (c: Contexte, v: Voulu, saisie: Readonly<Record<string, string>>, erreurs: readonly ErreurDeChamp[], statut: number) => Promise<Reponse>,
): Route[] {
  const { coffre, adresse } = services;
  const nomDe = async (c: Contexte): Promise<(s: Sujet) => string> => {
    const cat = await getCatalogue(c.db, c.contrat.id);
    return (s) => suivi(cat, vouluDe(s))?.nom ?? `${s.genre} ${s.objet}, qui n’est plus au contrat`;
  };
  const aConfirmer =
    (suite: (c: Contexte, d: Demande) => Promise<Reponse>) =>
    async (c: Contexte): Promise<Reponse> => {
      const id = c.params.inscription ?? '';
      if (!ouvreLaConfirmation(coffre, id, c.params.cachet ?? '')) throw introuvable('Cette demande');
      const d = await getDemande(c.db, c.contrat.id, id, c.maintenant);
      return d ? suite(c, d) : pageFinie();
    };
  const aTenir =
    (suite: (c: Contexte, a: Abonne) => Promise<Reponse>) =>
    async (c: Contexte): Promise<Reponse> => {
      const id = c.params.abonne ?? '';
      if (!ouvreLAbonnement(coffre, id, c.params.cachet ?? '')) throw introuvable('Cet abonnement');
      const a = await getAbonne(c.db, c.contrat.id, id);
      return a ? suite(c, a) : pageDesabonne(c.brut.request.method === 'POST' ? 200 : 410);
    };

  return [
    post(
      '/suivre',
      acces.public,
      async (c) => {
        const v = voulu(c.corps);
        const [cat, s] = await lireSuivi(c, v);
        const saisie = { courriel: texte(c.corps.courriel), jour: texte(c.corps.jour) };
        const lu = lire(abonnementSchema, saisie);
        if (!lu.ok) return montrer(c, v, saisie, lu.erreurs, 422);
        const [empreinte, reseau] = [empreinteDe(coffre, lu.valeur.courriel), reseauDe(coffre, prefixeDe(c.brut.request.ip))];
        const depuis = new Date(c.maintenant.getTime() - JOUR_MS);
        const deja = await countDemandes(c.db, c.contrat.id, { empreinte, reseau, depuis });
        if (deja.reseau >= PAR_RESEAU)
          return montrer(
            c,
            v,
            saisie,
            [
              {
                champ: 'courriel',
                message: `${pluriel(PAR_RESEAU, 'abonnement')} ont été demandés depuis ce réseau en un jour : recommencez demain, ou depuis un autre réseau.`,
              },
            ],
            429,
          );
        if (deja.adresse < PAR_ADRESSE) {
          const demande = { ...sujetDe({ fiche: s.fiche, territoire: v.territoire === cat.racine.id ? undefined : v.territoire }), jour: lu.valeur.jour };
          const id = await addDemande(c.db, c.contrat.id, { ...demande, empreinte, reseau, adresse: coffre.chiffrer(lu.valeur.courriel) }, c.maintenant);
          const lien = adresse + cheminPourConfirmer(coffre, id);
          const lettre = ecrireConfirmation({ nom: s.nom, contrat: cat.contrat.titre, jour: demande.jour, lien });
          await ajouterCourriel(c.db, c.contrat.id, { a: lu.valeur.courriel, ...lettre, discret: true }, coffre);
        }
        const ici = new URLSearchParams({ ...vouluDe(sujetDe(v)), fait: 'demande' });
        return redirige(`/suivre?${ici}`);
      },
      { parMinute: 5, anonyme: true, creation: true, sansEffetPublic: true },
    ),
    get(
      CONFIRMER,
      acces.public,
      aConfirmer(async (c, d) =>
        page({ titre: 'Confirmer l’abonnement', corps: <ConfirmerPage nom={(await nomDe(c))(d)} jour={d.jour} action={cheminPourConfirmer(coffre, d.id)} /> }),
      ),
      { ...DISCRETE, parMinute: 30 },
    ),
    post(
      CONFIRMER,
      acces.public,
      aConfirmer(async (c, d) => {
        const id = await confirmer(c.db, c.contrat.id, d, { quand: c.maintenant, prochainLe: prochain(jourDe(c.maintenant), d.jour) });
        return id ? redirige(`${cheminPourTenir(coffre, id)}?fait=confirme`) : pageFinie();
      }),
      { ...DISCRETE, anonyme: true, parMinute: 30 },
    ),
    get(
      TENIR,
      acces.public,
      aTenir(async (c, a) => {
        const cat = await getCatalogue(c.db, c.contrat.id);
        const nom = await nomDe(c);
        const suivis = a.suivis.map((s) => ({ ...s, nom: nom(s), page: suivi(cat, vouluDe(s))?.page ?? '/' }));
        const prochaine = `le ${jour(prochain(jourDe(c.maintenant), a.jour), { semaine: true })}`;
        return page({
          titre: 'Votre abonnement',
          corps: <AbonnementPage suivis={suivis} jour={a.jour} prochaine={prochaine} action={cheminPourTenir(coffre, a.id)} fait={texte(c.requete.fait)} />,
        });
      }),
      { ...DISCRETE, parMinute: 60 },
    ),
    // One click: what a mail program sends by itself, and the button of the page.
    post(
      TENIR,
      acces.public,
      aTenir(async (c, a) => {
        await oublier(c.db, c.contrat.id, a.id);
        await oublierLettres(c.db, c.contrat.id, objetDe(a.id));
        return pageDesabonne(200);
      }),
      { ...DISCRETE, anonyme: true, parMinute: 60, televersementMax: PARTIES_MAX },
    ),
    post(
      `${TENIR}/retirer`,
      acces.public,
      aTenir(async (c, a) => {
        const fini = await arreter(c.db, c.contrat.id, a.id, sujetDe(voulu(c.corps)));
        if (!fini) return redirige(`${cheminPourTenir(coffre, a.id)}?fait=arrete`);
        await oublierLettres(c.db, c.contrat.id, objetDe(a.id));
        return pageDesabonne(200);
      }),
      { ...DISCRETE, anonyme: true, parMinute: 60 },
    ),
    get('/suivre/abonnes', acces.role('administrateur', 'coordination'), async (c) =>
      page({
        titre: 'Abonnés par courriel',
        largeur: 'travail',
        section: 'abonnes',
        corps: <AbonnesPage compte={await countAbonnes(c.db, c.contrat.id)} nomDe={await nomDe(c)} />,
      }),
    ),
  ];
}
