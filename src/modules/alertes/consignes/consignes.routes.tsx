/** Instructions by kind of site: sent, read, lifted; and « read » by a signed link, without an account. */
import { enPages } from '../../../core/http/list-page.ts';
import { code } from '../../../core/trace/details.ts';
import { acces } from '../../../core/authorize.ts';
import { instantDe, jourDe } from '../../../core/clock.ts';
import { lireEnsemble } from '../../../core/base/database.ts';
import { conflit, type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, lire, page, post, type Reponse, type Route, redirige, texte } from '../../../core/http/http.ts';
import type { Services } from '../../../core/module.ts';
import { champsDuMoment, jourEtHeure } from '../../../ui/typographie.ts';
import { type Catalogue, getCatalogue } from '../../contrats/index.ts';
import { maisonDe } from '../../signalements/index.ts';
import { doutesDe, estDit } from '../alerte/confirmer.tsx';
import { lireTexte } from '../reglement/texte.rules.ts';
import { versionAu } from './consignes.donnees.ts';
import { accorderConsignes } from './consignes.dus.ts';
import { accesConsignes, peutAccuser, peutDiffuser } from './consignes.policy.ts';
import { accuserEnvoi, type Diffusion, getDiffusion, getEnvoi, leverDiffusion, listDiffusions, listEnvois } from './consignes.queries.ts';
import { type Consigne, type Consignes, diffusionSchema } from './consignes.schema.ts';
import { diffuser, sitesDe } from './diffuser.ts';
import { annoncerLevee, CHEMIN_D_ACCUSE, estSigne } from './lien.ts';
import { AccusePage, ConsignePage, ConsignesPage, DiffuserPage } from './pages/ConsignesPages.tsx';

const CHEMIN = '/alertes/consignes';
const FIL = [{ libelle: 'Consignes', href: CHEMIN }];
const AVANCE_MS = 10 * 60_000;
const CHAMPS = ['autorite', 'ordonnee_jour', 'ordonnee_heure', 'territoire', 'precision', 'exercice'] as const;

export function consignesRoutes(toutes: Consignes, s: Pick<Services, 'coffre' | 'adresse'>): Route[] {
  const { autorites } = toutes;
  const lieuxDe = (c: Contexte, catalogue: Catalogue): string[] =>
    [...catalogue.territoires.keys()].filter((t) => peutDiffuser(c.utilisateur, autorites, t, catalogue.contient));

  async function ouvrir(c: Contexte, verrou = false): Promise<{ d: Diffusion; catalogue: Catalogue; tient: boolean }> {
    const catalogue = await getCatalogue(c.db, c.contrat.id);
    const d = await getDiffusion(c.db, c.contrat.id, c.params.consigneDiffusee ?? '', verrou);
    if (!d) throw introuvable('Cette consigne');
    const tient = peutDiffuser(c.utilisateur, autorites, d.territoireId, catalogue.contient);
    if (tient) return { d, catalogue, tient };
    const u = c.utilisateur;
    const siens = u ? (await listEnvois(c.db, c.contrat.id, d.id)).some((e) => maisonDe(catalogue, e.organisationId).includes(u.organisationId)) : false;
    // Of others' sites, who reads it is nobody's business.
    if (!siens) throw introuvable('Cette consigne');
    return { d, catalogue, tient };
  }
  function choisir(c: Contexte): Consigne {
    const consigne = toutes.consignes.find((x) => x.code === c.params.consigne);
    if (!consigne) throw introuvable('Cette consigne');
    return consigne;
  }
  async function formulaire(
    c: Contexte,
    champs: Readonly<Record<string, string>>,
    erreurs: readonly ErreurDeChamp[] = [],
    doutes: readonly ErreurDeChamp[] = [],
  ): Promise<Reponse> {
    const [catalogue, consigne] = [await getCatalogue(c.db, c.contrat.id), choisir(c)];
    const territoires = lieuxDe(c, catalogue);
    if (territoires.length === 0) throw interdit('Votre mandat ne couvre aucun lieu où diffuser une consigne.');
    const version = versionAu(consigne, jourDe(c.maintenant));
    if (!version) throw conflit('Aucune version de cette consigne n’est encore en vigueur.');
    const lieu = territoires.includes(champs.territoire ?? '') ? (champs.territoire ?? '') : '';
    const sites = lieu === '' ? null : await sitesDe(c, catalogue, consigne, lieu);
    return page({
      titre: `Diffuser : ${consigne.titre}`,
      largeur: 'travail',
      section: 'consignes',
      fil: FIL,
      statut: erreurs.length + doutes.length > 0 ? 422 : 200,
      corps: <DiffuserPage {...{ consigne, version, autorites, catalogue, territoires, champs, erreurs, doutes, sites }} />,
    });
  }
  async function envoyer(c: Contexte): Promise<Reponse> {
    const [catalogue, consigne] = [await getCatalogue(c.db, c.contrat.id), choisir(c)];
    const champs: Record<string, string> = Object.fromEntries(CHAMPS.map((k) => [k, texte(c.corps[k])]));
    const territoires = lieuxDe(c, catalogue);
    if (catalogue.territoires.has(champs.territoire ?? '') && !territoires.includes(champs.territoire ?? ''))
      throw interdit('Votre mandat ne couvre pas ce lieu. Rien n’a été diffusé.');
    const lu = lire(diffusionSchema(toutes, territoires), champs);
    if (!lu.ok) return formulaire(c, champs, lu.erreurs);
    const v = lu.valeur;
    const ordonneeLe = instantDe(v.ordonnee_jour, v.ordonnee_heure);
    if (!ordonneeLe)
      return formulaire(c, champs, [{ champ: 'ordonnee_heure', message: 'Cette heure n’existe pas ce jour-là (changement d’heure) : vérifiez-la.' }]);
    if (ordonneeLe.getTime() > c.maintenant.getTime() + AVANCE_MS)
      return formulaire(c, champs, [{ champ: 'ordonnee_jour', message: `Le ${jourEtHeure(ordonneeLe)} n’est pas encore venu : vérifiez le jour et l’heure.` }]);
    const version = versionAu(consigne, jourDe(c.maintenant));
    if (!version) throw conflit('Aucune version de cette consigne n’est encore en vigueur.');
    const sites = await sitesDe(c, catalogue, consigne, v.territoire);
    if (sites.length === 0)
      return formulaire(c, champs, [
        { champ: 'territoire', message: 'Aucun site de ce type n’est connu dans ce lieu : ajoutez-les au registre des sites ou à l’annuaire.' },
      ]);
    const { refus } = lireTexte(v.precision);
    const doutes = doutesDe({ precision: v.precision });
    if (refus) return formulaire(c, champs, [{ champ: 'precision', message: refus }], doutes);
    if (!(await estDit(c, doutes, `${CHEMIN}/diffuser/${consigne.code}`))) return formulaire(c, champs, [], doutes);
    const id = await diffuser(c, s, catalogue, {
      consigne,
      version,
      sites,
      autoriteId: v.autorite,
      ordonneeLe,
      territoireId: v.territoire,
      precisionDite: v.precision,
      exercice: v.exercice === 'oui',
    });
    await c.auditer('consigne.diffusee', `${CHEMIN}/${id}`, {
      consigne: code(consigne.code),
      version: version.numero,
      sites: sites.length,
      exercice: v.exercice === 'oui',
    });
    return redirige(`${CHEMIN}/${id}?fait=diffusee`);
  }
  /** By the letter's own link. */
  const parLien =
    (suite: (c: Contexte, o: { envoi: NonNullable<Awaited<ReturnType<typeof getEnvoi>>>; d: Diffusion; catalogue: Catalogue }) => Promise<Reponse>) =>
    async (c: Contexte): Promise<Reponse> => {
      const envoi = await getEnvoi(c.db, c.contrat.id, c.params.envoiDeConsigne ?? '', c.brut.request.method === 'POST');
      if (!envoi || !estSigne(s.coffre, envoi, c.params.sceauDeConsigne ?? '')) throw introuvable('Cette consigne');
      const [catalogue, d] = await lireEnsemble(c.db, [() => getCatalogue(c.db, c.contrat.id), () => getDiffusion(c.db, c.contrat.id, envoi.diffusionId)]);
      if (!d) throw introuvable('Cette consigne');
      return suite(c, { envoi, d, catalogue });
    };

  return [
    /** 200: those of one's places, and those sent to one's organisation */
    get(CHEMIN, accesConsignes, async (c) => {
      const catalogue = await getCatalogue(c.db, c.contrat.id);
      const territoires = lieuxDe(c, catalogue);
      const diffusions = await listDiffusions(c.db, c.contrat.id, { territoires, organisations: [c.utilisateur?.organisationId ?? ''] });
      return page({
        titre: 'Consignes',
        largeur: 'travail',
        section: 'consignes',
        corps: (
          <ConsignesPage
            consignes={toutes.consignes}
            diffusions={enPages(c, diffusions, 50)}
            catalogue={catalogue}
            diffuse={territoires.length > 0}
            aujourdhui={jourDe(c.maintenant)}
          />
        ),
      });
    }),
    /** 200, `?territoire=` says how many sites · 403 · 404 · 409 no version yet */
    get(`${CHEMIN}/diffuser/:consigne`, accesConsignes, (c) => {
      const { jour, heure } = champsDuMoment(c.maintenant);
      return formulaire(c, {
        autorite: autorites.length === 1 ? (autorites[0] ?? '') : '',
        ordonnee_jour: jour,
        ordonnee_heure: heure,
        territoire: texte(c.requete.territoire),
        precision: '',
        exercice: '',
      });
    }),
    /** 303 · 403 another place · 404 · 409 · 422 with what was typed */
    post(`${CHEMIN}/diffuser/:consigne`, accesConsignes, envoyer, { creation: true }),
    /** 200 · 404 unknown, or of others' sites */
    get(`${CHEMIN}/:consigneDiffusee`, accesConsignes, async (c) => {
      const { d, catalogue, tient } = await ouvrir(c);
      const u = c.utilisateur;
      const tous = await listEnvois(c.db, c.contrat.id, d.id);
      const envois = tous
        .filter((e) => tient || (u !== null && maisonDe(catalogue, e.organisationId).includes(u.organisationId)))
        .map((e) => ({ ...e, accusable: !e.accuseLe && !d.leveeLe && peutAccuser(u, e, catalogue.contient) }));
      return page({
        titre: d.titre,
        largeur: 'travail',
        section: 'consignes',
        fil: FIL,
        corps: <ConsignePage d={d} envois={envois} total={tous} tient={tient} catalogue={catalogue} fait={texte(c.requete.fait)} />,
      });
    }),
    /** 303 · 403 · 404 · 409 said already, or lifted */
    post(`${CHEMIN}/:consigneDiffusee/accuser`, accesConsignes, async (c) => {
      const { d, catalogue } = await ouvrir(c);
      const e = await getEnvoi(c.db, c.contrat.id, texte(c.corps.envoi), true);
      if (!e || e.diffusionId !== d.id) throw introuvable('Ce site');
      if (!peutAccuser(c.utilisateur, e, catalogue.contient)) throw interdit('Ce site est d’un autre organisme : lui seul en accuse réception.');
      if (d.leveeLe) throw conflit('Cette consigne est levée.');
      const fait = await accuserEnvoi(c.db, c.contrat.id, e.id, { par: c.utilisateur?.nom ?? '', voie: 'compte', quand: c.maintenant });
      if (!fait) throw conflit('Quelqu’un l’a déjà dit pour ce site.');
      await accorderConsignes(c.db, c.contrat.id, [e.id], c.maintenant);
      await c.auditer('consigne.accusee', `${CHEMIN}/${d.id}`, { site: code(e.objetId), voie: 'compte' });
      return redirige(`${CHEMIN}/${d.id}?fait=accusee`);
    }),
    /** 303 · 403 · 404 · 409 lifted already */
    post(`${CHEMIN}/:consigneDiffusee/lever`, accesConsignes, async (c) => {
      const { d, tient } = await ouvrir(c, true);
      if (!tient) throw interdit('Ceux qui diffusent les consignes les lèvent.');
      if (!(await leverDiffusion(c.db, c.contrat.id, d.id, { par: c.utilisateur?.nom ?? '', quand: c.maintenant })))
        throw conflit('Cette consigne est déjà levée.');
      const envois = await listEnvois(c.db, c.contrat.id, d.id);
      await annoncerLevee(c.db, c.contrat.id, s.coffre, d, envois);
      await accorderConsignes(
        c.db,
        c.contrat.id,
        envois.map((e) => e.id),
        c.maintenant,
      );
      await c.auditer('consigne.levee', `${CHEMIN}/${d.id}`, { sites: envois.length });
      return redirige(`${CHEMIN}/${d.id}?fait=levee`);
    }),
    /** 200 · 404 a link that is not whole */
    get(
      CHEMIN_D_ACCUSE,
      acces.public,
      parLien(async (c, o) => page({ titre: o.d.titre, sobre: true, corps: <AccusePage {...o} action={c.url.pathname} /> })),
      { parMinute: 60, secrete: true },
    ),
    /** 303, said already or not · 404 */
    post(
      CHEMIN_D_ACCUSE,
      acces.public,
      parLien(async (c, { envoi, d }) => {
        if (await accuserEnvoi(c.db, c.contrat.id, envoi.id, { par: envoi.personne || envoi.courriel, voie: 'lien', quand: c.maintenant })) {
          await accorderConsignes(c.db, c.contrat.id, [envoi.id], c.maintenant);
          await c.auditer('consigne.accusee', `${CHEMIN}/${d.id}`, { site: code(envoi.objetId), voie: 'lien' });
        }
        return redirige(c.url.pathname);
      }),
      { parMinute: 30, secrete: true },
    ),
  ];
}
