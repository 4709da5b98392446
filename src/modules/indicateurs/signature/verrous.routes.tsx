/** Signing a period off: the coordination locks it, opens a dated exception, unlocks it with a reason. Every partner reads who did what. */
import { code } from '../../../core/trace/details.ts';
import { accesMetier } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { conflit, type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, lire, numeroDePage, page, post, redirige, type Route, texte } from '../../../core/http/http.ts';
import { CONFIRME, estConfirme } from '../../../ui/Confirmer.tsx';
import { formatPeriode, jour, pluriel } from '../../../ui/typographie.ts';
import { type Catalogue, getCatalogue, type Mesure } from '../../contrats/index.ts';
import { plusJours } from '../../echeances/index.ts';
import { peutFiger } from '../indicateurs.policy.ts';
import { suivreChiffresEtSuites } from '../saisie/contribuer.ts';
import { VerrouPage, VerrousPage } from './VerrousPage.tsx';
import {
  addException,
  addVerrou,
  compterAValider,
  fermerException,
  getVerrou,
  leverVerrou,
  listExceptions,
  listVerrous,
  tenirSeul,
  type Verrou,
} from './verrous.queries.ts';
import { exceptionSchema, JOURS_DEXCEPTION, motifSchema, periodesAFiger, verrouSchema } from './verrous.schema.ts';

const PAR_PAGE = 30;
const PAS_FIGER = 'Seule la coordination centrale fige une période, y ouvre une exception ou la rouvre.';
const FIL = { libelle: 'Périodes figées', href: '/chiffres/verrous' };
type Dit = { champs?: Readonly<Record<string, unknown>>; erreurs?: readonly ErreurDeChamp[]; etonnements?: readonly ErreurDeChamp[] };

/** Those of the fiches that this person may lock; the whole contract is « '' ». */
const fichesAFiger = (c: Contexte, cat: Catalogue): string[] =>
  ['', ...cat.fiches.keys()].filter((f) => peutFiger(c.utilisateur, { fiche: f || null, territoireId: cat.racine.id }, cat.contient));
const lesSiennes = (c: Contexte, cat: Catalogue, v: Pick<Verrou, 'fiche'>): boolean =>
  peutFiger(c.utilisateur, { fiche: v.fiche, territoireId: cat.racine.id }, cat.contient);
/** Collected measures that a lock holds. */
const mesuresDe = (cat: Catalogue, v: Pick<Verrou, 'fiche'>): Mesure[] =>
  [...cat.mesures.values(), ...cat.suivis.values()].filter((m) => m.obtention !== 'calcul' && (v.fiche === null || m.fiche === v.fiche));

/** What may come in or may not any more is owed, or is not. */
const suivreLeVerrou = (c: Contexte, cat: Catalogue, v: Pick<Verrou, 'fiche'>): Promise<void> =>
  suivreChiffresEtSuites(
    c,
    mesuresDe(cat, v).map((m) => m.id),
  );

async function pageDesVerrous(c: Contexte, cat: Catalogue, dit: Dit = {}) {
  const n = numeroDePage(c);
  const { verrous, total } = await listVerrous(c.db, c.contrat.id, { limite: PAR_PAGE, depuis: (n - 1) * PAR_PAGE });
  return page({
    titre: 'Périodes figées',
    largeur: 'travail',
    section: 'verrous',
    statut: (dit.erreurs ?? []).length > 0 ? 422 : 200,
    corps: (
      <VerrousPage
        catalogue={cat}
        verrous={verrous}
        total={total}
        page={n}
        parPage={PAR_PAGE}
        fiches={fichesAFiger(c, cat)}
        periodes={periodesAFiger(cat, jourDe(c.maintenant))}
        champs={textes(dit.champs ?? {})}
        erreurs={dit.erreurs ?? []}
        etonnements={dit.etonnements ?? []}
      />
    ),
  });
}
const textes = (champs: Readonly<Record<string, unknown>>) => Object.fromEntries(Object.entries(champs).map(([k, v]) => [k, texte(v)]));

/** 404 unknown lock. */
async function ouvrir(c: Contexte): Promise<{ cat: Catalogue; verrou: Verrou }> {
  const [cat, verrou] = [await getCatalogue(c.db, c.contrat.id), await getVerrou(c.db, c.contrat.id, c.params.verrou ?? '')];
  if (!verrou) throw introuvable('Ce verrou');
  return { cat, verrou };
}
async function pageDuVerrou(c: Contexte, o: { cat: Catalogue; verrou: Verrou }, acte: 'lever' | 'exception' | null = null, dit: Dit = {}) {
  const aujourdhui = jourDe(c.maintenant);
  const titre = `${formatPeriode(o.verrou.periode)}, ${o.verrou.fiche === null ? 'toutes les fiches' : `fiche ${o.verrou.fiche}`}`;
  return page({
    titre,
    largeur: 'travail',
    section: 'verrous',
    fil: [FIL],
    statut: acte === null ? 200 : 422,
    corps: (
      <VerrouPage
        titre={titre}
        catalogue={o.cat}
        verrou={o.verrou}
        exceptions={await listExceptions(c.db, c.contrat.id, [o.verrou.id])}
        mesures={mesuresDe(o.cat, o.verrou)}
        aujourdhui={aujourdhui}
        auPlusTard={plusJours(aujourdhui, JOURS_DEXCEPTION)}
        permis={lesSiennes(c, o.cat, o.verrou)}
        acte={acte}
        champs={textes(dit.champs ?? {})}
        erreurs={dit.erreurs ?? []}
      />
    ),
  });
}
const direAttente = (n: number): string =>
  `${pluriel(n, 'contribution attend', 'contributions attendent')} encore d’être validée${n > 1 ? 's' : ''} : figées ainsi, elles ne seront pas publiées.`;
const versLe = (v: Pick<Verrou, 'id'>) => redirige(`/chiffres/verrous/${v.id}`);

export const verrousRoutes: Route[] = [
  /** 200 what is locked, and what was; 403 for those who do not work on data. */
  get('/chiffres/verrous', accesMetier, async (c) => pageDesVerrous(c, await getCatalogue(c.db, c.contrat.id))),
  /** 303 locked, once who was writing is done; 422 not over, without a reason, or figures that wait to be validated and were not seen; 409 already; 403. */
  post(
    '/chiffres/verrous',
    accesMetier,
    async (c) => {
      const cat = await getCatalogue(c.db, c.contrat.id);
      const fiches = fichesAFiger(c, cat);
      const u = c.utilisateur;
      const voulue = texte(c.corps.fiche);
      if (!u || fiches.length === 0 || ((voulue === '' || cat.fiches.has(voulue)) && !fiches.includes(voulue))) throw interdit(PAS_FIGER);
      const lu = lire(verrouSchema, c.corps);
      const erreurs: ErreurDeChamp[] = [
        ...(periodesAFiger(cat, jourDe(c.maintenant)).includes(texte(c.corps.periode))
          ? []
          : [{ champ: 'periode', message: 'Choisissez une période finie, de la liste : on ne fige pas ce qui court encore.' }]),
        ...(fiches.includes(voulue) ? [] : [{ champ: 'fiche', message: 'Choisissez une fiche de la liste.' }]),
        ...(lu.ok ? [] : lu.erreurs.filter((e) => e.champ === 'motif')),
      ];
      if (!lu.ok || erreurs.length > 0) return pageDesVerrous(c, cat, { champs: c.corps, erreurs });
      const v = { periode: lu.valeur.periode, fiche: lu.valeur.fiche || null, motif: lu.valeur.motif };
      // Counted once nobody writes there any more.
      await tenirSeul(c.db, c.contrat.id, v.periode);
      const attendent = await compterAValider(c.db, c.contrat.id, { periode: v.periode, mesures: mesuresDe(cat, v).map((m) => m.id) });
      const etonnements = attendent === 0 ? [] : [{ champ: 'periode', message: direAttente(attendent) }];
      if (!estConfirme(etonnements, c.corps[CONFIRME])) return pageDesVerrous(c, cat, { champs: c.corps, erreurs: etonnements, etonnements });
      const id = await addVerrou(c.db, c.contrat.id, v, u, c.maintenant);
      if (!id) throw conflit(`${formatPeriode(v.periode)} est déjà figé pour ${v.fiche ? `la fiche ${v.fiche}` : 'toutes les fiches'}.`);
      await suivreLeVerrou(c, cat, v);
      await c.auditer('verrou.pose', `/chiffres/verrous/${id}`, { periode: code(v.periode), fiche: code(v.fiche) }, { apres: { motif: v.motif } });
      return versLe({ id });
    },
    { creation: true },
  ),
  /** 200 who locked, why, its exceptions and its end; 404 unknown. */
  get('/chiffres/verrous/:verrou', accesMetier, async (c) => pageDuVerrou(c, await ouvrir(c))),
  /** 303 unlocked; 422 without a reason; 409 already; 403 not the coordination. */
  post('/chiffres/verrous/:verrou/lever', accesMetier, async (c) => {
    const o = await ouvrir(c);
    const u = c.utilisateur;
    if (!u || !lesSiennes(c, o.cat, o.verrou)) throw interdit(PAS_FIGER);
    const motif = motifSchema.safeParse(texte(c.corps.motif));
    if (!motif.success)
      return pageDuVerrou(c, o, 'lever', { champs: c.corps, erreurs: [{ champ: 'motif-lever', message: motif.error.issues[0]?.message ?? '' }] });
    if (!(await leverVerrou(c.db, c.contrat.id, o.verrou.id, motif.data, u, c.maintenant)))
      throw conflit('Cette période est déjà rouverte. Relisez la page : elle dit par qui, et pourquoi.');
    await suivreLeVerrou(c, o.cat, o.verrou);
    await c.auditer(
      'verrou.leve',
      `/chiffres/verrous/${o.verrou.id}`,
      { periode: code(o.verrou.periode), fiche: code(o.verrou.fiche) },
      { avant: { motif: o.verrou.motif }, apres: { motif: motif.data } },
    );
    return versLe(o.verrou);
  }),
  /** 303 opened until the end of a day; 422 a measure, a debtor or a day that it may not have, or no reason; 409 unlocked meanwhile; 403. */
  post(
    '/chiffres/verrous/:verrou/exceptions',
    accesMetier,
    async (c) => {
      const o = await ouvrir(c);
      const u = c.utilisateur;
      if (!u || !lesSiennes(c, o.cat, o.verrou)) throw interdit(PAS_FIGER);
      if (o.verrou.leveLe) throw conflit('Cette période est rouverte : il n’y a plus d’exception à y ouvrir.');
      const lu = lire(exceptionSchema, c.corps);
      const m = mesuresDe(o.cat, o.verrou).find((x) => x.id === texte(c.corps.mesure));
      const aujourdhui = jourDe(c.maintenant);
      const auPlusTard = plusJours(aujourdhui, JOURS_DEXCEPTION);
      const debiteur = texte(c.corps.debiteur);
      const erreurs: ErreurDeChamp[] = [
        ...(m ? [] : [{ champ: 'mesure', message: 'Choisissez un chiffre fourni, de la liste.' }]),
        ...(m && debiteur !== '' && !m.aupres.includes(debiteur)
          ? [
              {
                champ: 'debiteur',
                message: `Ce chiffre est attendu de ${m.aupres.map((x) => o.cat.nomActeur(x)).join(', ')} : choisissez l’un d’eux, ou tous.`,
              },
            ]
          : []),
        ...(lu.ok ? [] : lu.erreurs),
        ...(lu.ok && (lu.valeur.jusqu_au < aujourdhui || lu.valeur.jusqu_au > auPlusTard)
          ? [{ champ: 'jusqu_au', message: `Choisissez un jour d’aujourd’hui au ${jour(auPlusTard)} : une exception est courte, et prend fin d’elle-même.` }]
          : []),
      ];
      if (!lu.ok || !m || erreurs.length > 0) return pageDuVerrou(c, o, 'exception', { champs: c.corps, erreurs });
      const e = { verrouId: o.verrou.id, mesureId: m.id, debiteur: debiteur || null, jusquAu: lu.valeur.jusqu_au, motif: lu.valeur.motif };
      await addException(c.db, c.contrat.id, e, u, c.maintenant);
      await suivreChiffresEtSuites(c, [m.id]);
      await c.auditer(
        'verrou.exception',
        `/chiffres/verrous/${o.verrou.id}`,
        { mesure: code(m.id), debiteur: code(e.debiteur), jusqu_au: code(e.jusquAu) },
        { apres: { motif: e.motif } },
      );
      return versLe(o.verrou);
    },
    { creation: true },
  ),
  /** 303 closed before its day; 409 already, or none such; 403 not the coordination. */
  post('/chiffres/verrous/:verrou/exceptions/:exception/fermer', accesMetier, async (c) => {
    const o = await ouvrir(c);
    const u = c.utilisateur;
    if (!u || !lesSiennes(c, o.cat, o.verrou)) throw interdit(PAS_FIGER);
    if (!(await fermerException(c.db, c.contrat.id, { verrouId: o.verrou.id, id: c.params.exception ?? '' }, u, c.maintenant)))
      throw conflit('Cette exception est déjà fermée. Relisez la page.');
    await suivreLeVerrou(c, o.cat, o.verrou);
    await c.auditer('verrou.exception_fermee', `/chiffres/verrous/${o.verrou.id}`, { exception: code(c.params.exception) });
    return versLe(o.verrou);
  }),
];
