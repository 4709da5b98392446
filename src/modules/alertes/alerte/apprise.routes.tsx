/**
 * A brawl that is learnt afterwards: it enters the register, of the day when it took place, and nobody is told of it. By who conducts there.
 * GET 200, 403; POST 303; 422 with what was typed; 403.
 */
import { z } from 'zod';
import { accesMetier } from '../../../core/authorize.ts';
import { instantDe, jourDe } from '../../../core/clock.ts';
import { type ErreurDeChamp, interdit } from '../../../core/errors.ts';
import { ligne } from '../../../core/http/fields.ts';
import { type Contexte, get, lire, page, post, redirige, type Reponse, type Route, champsDe } from '../../../core/http/http.ts';
import { code } from '../../../core/trace/details.ts';
import { choisirLieu, type Catalogue } from '../../contrats/index.ts';
import { plusJours } from '../../echeances/index.ts';
import { appliquerFaits } from '../../indicateurs/index.ts';
import { DANS, FIL, ouvrir, type Outillage, quiDe } from '../alertes.contexte.ts';
import { peutConduire } from '../alertes.policy.ts';
import { secteurDe } from '../envois/prevenir.ts';
import { AppriseRixePage } from '../pages/AppriseRixePage.tsx';
import { GENRES } from '../reglement/reglement.ts';
import type { Reglement } from '../reglement/reglement.schema.ts';
import { lireTexte } from '../reglement/texte.rules.ts';
import { texteAConfirmer, unCode } from './alertes.schema.ts';
import { countRixes, createApprise } from './alertes.queries.ts';
import { noter } from './conduire.ts';
import { doutesDe, estDit } from './confirmer.tsx';
import { MEME_FAIT_MS } from './doublons.ts';

const CHEMIN = '/alertes/rixes/apprise';
/** Days: what is learnt later than that is history. */
const PASSE_J = 5 * 365;
const VIDE = { palier: '', genre: '', territoire: '', lieu: '', jour: '', heure: '', faits: '', autre: '' };
const DE_QUI_CONDUIT = 'Une rixe apprise après coup s’inscrit par la coordination, le coordonnateur du lieu ou la salle de commandement.';

const buildSchema = (r: Reglement, cat: Catalogue, lieux: readonly string[], maintenant: Date) =>
  z
    .object({
      palier: unCode('Choisissez le palier.').refine((v) => r.paliers.some((p) => p.survenue && p.code === v), 'Choisissez le palier.'),
      genre: unCode('Choisissez ce qui s’est passé.').refine(
        (v) => (cat.listes.get(GENRES) ?? []).some((x) => x.code === v && !x.retiree),
        'Choisissez ce qui s’est passé.',
      ),
      territoire: unCode('Choisissez le quartier.').refine((v) => lieux.includes(v), 'Choisissez le quartier.'),
      lieu: ligne('Le lieu', 160).superRefine((v, ctx) => {
        const { refus } = lireTexte(v);
        if (refus) ctx.addIssue({ code: 'custom', message: refus });
      }),
      jour: z.iso.date('Choisissez le jour où elle a eu lieu.'),
      heure: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Écrivez l’heure, par exemple 21:30 ; à peu près suffit.'),
      faits: texteAConfirmer(600, null),
    })
    .transform((v, ctx) => {
      const debut = instantDe(v.jour, v.heure);
      const refuser = (path: string, message: string) => {
        ctx.addIssue({ code: 'custom', path: [path], message });
        return z.NEVER;
      };
      if (!debut) return refuser('heure', 'Cette nuit-là, l’horloge saute cette heure : écrivez une heure plus tard.');
      if (debut > maintenant) return refuser('jour', 'Elle a déjà eu lieu : ce jour, ou cette heure, n’est pas encore passé.');
      if (v.jour < plusJours(jourDe(maintenant), -PASSE_J)) return refuser('jour', 'Ce jour est passé depuis plus de cinq ans.');
      return { ...v, debut };
    });

export function buildAppriseRoutes(k: Outillage): Route[] {
  const lieuxDe = async (c: Contexte) => {
    const { cat, u } = await ouvrir(c);
    const lieux = [...cat.territoires.values()].filter((t) => t.id !== cat.racine.id && !t.jusqu_a && peutConduire(u, { territoireId: t.id }, cat.contient));
    if (lieux.length === 0) throw interdit(DE_QUI_CONDUIT);
    return { cat, u, lieux };
  };
  async function formulaire(
    c: Contexte,
    champs: Record<string, string>,
    o: { erreurs?: readonly ErreurDeChamp[]; doutes?: readonly ErreurDeChamp[]; deja?: boolean } = {},
  ): Promise<Reponse> {
    const { cat, lieux } = await lieuxDe(c);
    const { erreurs = [], doutes = [], deja = false } = o;
    return page({
      ...DANS,
      fil: [...FIL, { libelle: 'Rixes', href: '/alertes/rixes' }],
      titre: 'Rixe apprise après coup',
      statut: erreurs.length + doutes.length > 0 || deja ? 422 : 200,
      corps: <AppriseRixePage catalogue={cat} reglement={k.reglement} lieux={lieux} champs={champs} erreurs={erreurs} doutes={doutes} deja={deja} />,
    });
  }
  return [
    get(CHEMIN, accesMetier, async (c) => {
      const { cat, u } = await lieuxDe(c);
      const genre = cat.listes.get(GENRES)?.find((g) => !g.retiree)?.code ?? '';
      return formulaire(c, { ...VIDE, genre, territoire: choisirLieu(u, '', cat).territoire });
    }),
    post(
      CHEMIN,
      accesMetier,
      async (c) => {
        const { cat, lieux } = await lieuxDe(c);
        const champs = { ...VIDE, ...champsDe(c) };
        const lu = lire(
          buildSchema(
            k.reglement,
            cat,
            lieux.map((t) => t.id),
            c.maintenant,
          ),
          champs,
        );
        if (!lu.ok) return formulaire(c, champs, { erreurs: lu.erreurs });
        const { palier, genre, territoire: territoireId, lieu, debut, faits } = lu.valeur;
        const autour = (ms: number) => new Date(debut.getTime() + ms);
        const deja = await countRixes(c.db, c.contrat.id, {
          territoires: [...cat.descendants(secteurDe(cat, territoireId))],
          de: autour(-MEME_FAIT_MS),
          a: autour(MEME_FAIT_MS),
        });
        if (deja > 0 && champs.autre !== 'oui') return formulaire(c, champs, { deja: true });
        const doutes = doutesDe({ lieu, faits });
        if (!(await estDit(c, doutes, CHEMIN))) return formulaire(c, champs, { doutes, deja: deja > 0 });
        const qui = quiDe(c);
        const id = await createApprise(
          c.db,
          c.contrat.id,
          { palier, genre, territoireId, lieu, debut, faits, auteur: qui.nom, auteurId: qui.id, auteurOrganisation: qui.organisationId ?? '' },
          c.maintenant,
        );
        await appliquerFaits(c.db, c.contrat.id, 'alertes', { ids: [id] }, 1);
        await noter(c, id, { acte: 'apprise' }, qui);
        await c.auditer('alerte.apprise', `/alertes/${id}`, { palier: code(palier) });
        return redirige(`/alertes/${id}`);
      },
      { creation: true },
    ),
  ];
}
