import { acces, accesMetier } from '../../core/authorize.ts';
import { jourDe } from '../../core/clock.ts';
import { conflit, type ErreurDeChamp, interdit, introuvable } from '../../core/errors.ts';
import { type Contexte, fichier, get, lire, numeroDePage, page, post, redirige, type Route, texte } from '../../core/http/http.ts';
import { enTextes, masquesDeVersion } from '../../core/http/versions.ts';
import { conflictPage, mergedPage } from '../../ui/Conflict.tsx';
import { formatPeriode } from '../../ui/typographie.ts';
import { type Mesure, TOUT } from '../contrats/index.ts';
import { getFigures } from './chiffres.ts';
import { listVersions } from './chiffres.queries.ts';
import type { Chiffre, ValeurCollectee } from './chiffres.rules.ts';
import { type FormulaireDeContrat, getFormulaire } from './formulaires.ts';
import { peutListerFaits, peutOuvrirFait, peutSaisir, peutValider, peutVoirSaisie } from './indicateurs.policy.ts';
import { ChiffresPage, type LigneDeChiffre } from './pages/ChiffresPage.tsx';
import { PreuvePage } from './pages/PreuvePage.tsx';
import { SaisiePage } from './pages/SaisiePage.tsx';
import { lirePeriode } from './periode.rules.ts';
import { csvDeLaPreuve, csvDesFaits } from './preuve/export.ts';
import { getPreuve } from './preuve/preuve.ts';
import { formulaireDeValeur, rapprocherValeur, valeurEnregistree } from './saisie/saisie.formulaire.ts';
import { addValeur, getDerniereValeur, getTerritoireDeValeur, validerValeur, verrouillerValeur } from './saisie/saisie.queries.ts';
import { type Saisie, saisieSchema } from './saisie/saisie.schema.ts';
import { direEcart, lireValeur } from './saisie/valeur.rules.ts';
import type { SourceDeFaits } from './sources.ts';
import { suivreChiffre } from './saisie/chiffres.dus.ts';

const CSV = 'text/csv; charset=utf-8';
const PAR_PAGE = 50;
const PAS_ATTENDU = 'Ce chiffre est attendu d’un autre organisme que le vôtre, ou pour un territoire ou une fiche hors de votre mandat.';

interface Cadre {
  f: FormulaireDeContrat;
  mesure: Mesure;
  periode: string;
  territoireId: string;
}

/** Measure, period and territory of the address; 404 for what the contract does not have. */
async function cadrer(c: Contexte): Promise<Cadre> {
  const f = await getFormulaire(c.db, c.contrat.id);
  const mesure = f.mesures.get(c.params.mesure ?? '');
  if (!mesure) throw introuvable('Ce chiffre');
  const demandee = texte(c.requete.periode) || texte(c.corps.periode);
  const periode = demandee || jourDe(c.maintenant).slice(0, 4);
  const territoireId = texte(c.requete.territoire) || texte(c.corps.territoire) || f.catalogue.racine.id;
  if (!lirePeriode(periode)) throw introuvable('Cette période');
  if (!f.catalogue.territoires.has(territoireId)) throw introuvable('Ce territoire');
  return { f, mesure, periode, territoireId };
}

const preuveDe = (c: Contexte, k: Cadre) =>
  getPreuve(c.db, c.contrat.id, k.f, {
    mesureId: k.mesure.id,
    periode: k.periode,
    territoireId: k.territoireId,
    page: numeroDePage(c),
    peutLister: (s) => peutListerFaits(c.utilisateur, s),
  });

/** Years of the contract up to this one, the latest first, with their halves for half-yearly measures. */
function periodesOuvertes(f: FormulaireDeContrat, aujourdhui: string, semestres: boolean): string[] {
  const premiere = Number(f.catalogue.contrat.debut.slice(0, 4));
  const derniere = Math.min(Number(f.catalogue.contrat.fin.slice(0, 4)) + 1, Number(aujourdhui.slice(0, 4)));
  const annees = Array.from({ length: Math.max(derniere - premiere + 1, 1) }, (_, i) => String(Math.max(derniere, premiere) - i));
  return semestres ? annees.flatMap((a) => [a, `${a}-S2`, `${a}-S1`]) : annees;
}

/** What the form cannot know: territories of this contract, years that have begun. */
function horsDuContrat(f: FormulaireDeContrat, aujourdhui: string, s: Saisie): { champ: string; message: string }[] {
  const annees = periodesOuvertes(f, aujourdhui, false);
  return [
    ...(annees.includes(s.periode.slice(0, 4)) ? [] : [{ champ: 'periode', message: `Choisissez une période de ${annees.at(-1)} à ${annees[0]}.` }]),
    ...(f.catalogue.territoires.has(s.territoire) ? [] : [{ champ: 'territoire', message: 'Choisissez un territoire du contrat.' }]),
  ];
}

const filDe = (k: Cadre) => [
  { libelle: 'Chiffres à fournir', href: '/chiffres' },
  { libelle: k.mesure.id, href: `/chiffres/${k.mesure.id}` },
];
/** The version in force of what the form speaks of. */
async function couranteDe(c: Contexte, k: Cadre): Promise<ValeurCollectee | null> {
  const versions = await listVersions(c.db, c.contrat.id, { mesureId: k.mesure.id, periode: k.periode, territoireId: k.territoireId });
  return versions.find((v) => v.courante && v.periode === k.periode) ?? null;
}

async function pageDeSaisie(c: Contexte, k: Cadre, o: { champs?: Record<string, string>; erreurs?: ErreurDeChamp[]; aConfirmer?: number | undefined } = {}) {
  const courante = await couranteDe(c, k);
  const enregistree = valeurEnregistree(k, courante);
  const champs = o.champs ?? { periode: k.periode, territoire: k.territoireId, ...enTextes(enregistree.champs) };
  return page({
    titre: courante ? 'Corriger un chiffre' : 'Fournir un chiffre',
    largeur: 'travail',
    section: 'chiffres',
    statut: o.erreurs ? 422 : 200,
    fil: filDe(k),
    corps: (
      <SaisiePage
        mesure={k.mesure}
        champs={champs}
        courante={courante}
        periodes={periodesOuvertes(
          k.f,
          jourDe(c.maintenant),
          k.mesure.periodicite.some((x) => x !== 'annuel'),
        )}
        territoires={[...k.f.catalogue.territoires.values()].filter((t) => t.type !== 'quartier').map((t) => ({ id: t.id, nom: t.nom }))}
        erreurs={o.erreurs ?? []}
        aConfirmer={o.aConfirmer}
        masques={masquesDeVersion(enregistree, o.champs ?? {})}
      />
    ),
  });
}

export const routes: Route[] = [
  /** 200 the list of collected figures with their state; 403 for those who do not work on data. */
  get('/chiffres', accesMetier, async (c) => {
    const f = await getFormulaire(c.db, c.contrat.id);
    const cat = f.catalogue;
    const periodes = periodesOuvertes(f, jourDe(c.maintenant), false);
    const demandee = texte(c.requete.periode);
    const periode = periodes.includes(demandee) ? demandee : (periodes[1] ?? periodes[0] ?? '');
    // What one's own organisation owes comes first; `aupres=tous` shows everybody's.
    const sienne = [...f.mesures.values()].some((m) => m.obtention !== 'calcul' && m.aupres.includes(c.utilisateur?.organisationId ?? ''));
    const demande = texte(c.requete.aupres) || (sienne ? (c.utilisateur?.organisationId ?? '') : TOUT);
    const aupres = demande === TOUT || !cat.acteurs.has(demande) ? '' : demande;
    const filtres = { periode, etat: texte(c.requete.etat) || 'manquant', fiche: texte(c.requete.fiche), aupres: aupres || TOUT };
    const mesures = [...f.mesures.values()].filter(
      (m) => m.obtention !== 'calcul' && (!filtres.fiche || m.fiche === filtres.fiche) && (!aupres || m.aupres.includes(aupres)),
    );
    const figures = await getFigures(c.db, c.contrat.id, f, {
      mesures: mesures.map((m) => m.id),
      periodes: [periode],
      territoireId: cat.racine.id,
      aire: null,
    });
    const etatDe = (x: Chiffre) => (x.etat === 'zero' || x.etat === 'valeur' ? 'connu' : x.etat);
    const lignes = mesures.flatMap((mesure): LigneDeChiffre[] => {
      const chiffre = figures.get(periode)?.get(mesure.id);
      if (!chiffre || (filtres.etat !== 'tous' && etatDe(chiffre) !== filtres.etat)) return [];
      return [{ mesure, periode, chiffre, peutSaisir: peutSaisir(c.utilisateur, { ...mesure, territoireId: cat.racine.id }, cat.contient) }];
    });
    const n = numeroDePage(c);
    const lien = (changes: Record<string, string>) => `/chiffres?${new URLSearchParams({ ...filtres, ...changes })}`;
    return page({
      titre: 'Chiffres à fournir',
      largeur: 'travail',
      section: 'chiffres',
      corps: (
        <ChiffresPage
          catalogue={cat}
          sienne={sienne ? (c.utilisateur?.organisationId ?? null) : null}
          lignes={lignes.slice((n - 1) * PAR_PAGE, n * PAR_PAGE)}
          total={lignes.length}
          page={n}
          parPage={PAR_PAGE}
          filtres={filtres}
          periodes={periodes}
          lien={lien}
        />
      ),
    });
  }),
  /** 200 the proof of one figure, public; 404 unknown measure, period or territory. */
  get('/chiffres/:mesure', acces.public, async (c) => {
    const k = await cadrer(c);
    const preuve = await preuveDe(c, k);
    const u = c.utilisateur;
    const vise = { ...k.mesure, territoireId: k.territoireId };
    const { contient } = k.f.catalogue;
    const droits = {
      ouvrir: (s: SourceDeFaits) => peutOuvrirFait(u, s),
      saisir: peutSaisir(u, vise, contient),
      valider: peutValider(u, vise, contient),
      voirSaisie: peutVoirSaisie(u),
    };
    return page({
      titre: k.mesure.libelle,
      section: 'barometre',
      fil: [
        { libelle: 'Baromètre', href: '/barometre' },
        { libelle: `Fiche ${k.mesure.fiche}`, href: `/fiches/${k.mesure.fiche}` },
      ],
      corps: <PreuvePage preuve={preuve} formulaire={k.f} page={numeroDePage(c)} droits={droits} connecte={u !== null} />,
    });
  }),
  get('/chiffres/:mesure/evolution.csv', acces.public, async (c) => {
    const k = await cadrer(c);
    return fichier(csvDeLaPreuve(await preuveDe(c, k), k.f.catalogue), { nom: `${k.mesure.id}-${k.periode}.csv`, type: CSV });
  }),
  /** 200 exactly the records counted; 403 when the register is not public and the reader does not work on the contract. */
  get('/chiffres/:mesure/enregistrements.csv', acces.public, async (c) => {
    const k = await cadrer(c);
    const preuve = await preuveDe(c, k);
    const a = preuve.atomes.find((x) => x.source.nom === texte(c.requete.source)) ?? preuve.atomes[0];
    if (!a) throw introuvable('Cette liste');
    if (!peutListerFaits(c.utilisateur, a.source)) throw interdit('Ce registre n’est pas public. Connectez-vous avec un mandat sur ce contrat.');
    return fichier(csvDesFaits(c.db, c.contrat.id, a, k.periode, k.f.catalogue.aire(k.territoireId), k.f.catalogue), {
      nom: `${k.mesure.id}-${k.periode}-enregistrements.csv`,
      type: CSV,
    });
  }),
  get('/chiffres/:mesure/saisir', accesMetier, async (c) => {
    const k = await cadrer(c);
    if (k.mesure.obtention === 'calcul') throw interdit('Ce chiffre est calculé à partir des registres : corrigez les enregistrements, il suivra.');
    if (!peutSaisir(c.utilisateur, { ...k.mesure, territoireId: k.territoireId }, k.f.catalogue.contient)) throw interdit(PAS_ATTENDU);
    return pageDeSaisie(c, k);
  }),
  /** 303 saved; 422 with everything typed; 409 another version came in meanwhile; 403 not owed by this person. */
  post('/chiffres/:mesure/saisir', accesMetier, async (c) => {
    const k = await cadrer(c);
    const u = c.utilisateur;
    // The territory written is the one of the form, whatever the address says.
    const territoireId = texte(c.corps.territoire) || k.f.catalogue.racine.id;
    if (k.mesure.obtention === 'calcul' || !u || !peutSaisir(u, { ...k.mesure, territoireId }, k.f.catalogue.contient)) throw interdit(PAS_ATTENDU);
    const champs = Object.fromEntries(Object.entries(c.corps).map(([cle, v]) => [cle, texte(v)]));
    // The form itself says which figure it is; the address only opened it.
    const vise = { ...k, periode: lirePeriode(champs.periode ?? '') ? (champs.periode ?? '') : k.periode, territoireId };
    await verrouillerValeur(c.db, c.contrat.id, { mesureId: k.mesure.id, periode: vise.periode, territoire: vise.territoireId });
    const courante = await couranteDe(c, vise);
    const formulaire = formulaireDeValeur(vise);
    const r = rapprocherValeur(c.corps, vise, courante);
    const dans = { largeur: 'travail', section: 'chiffres', fil: filDe(k) } as const;
    const masques = { periode: vise.periode, territoire: vise.territoireId };
    if (r.genre === 'heurt') return page(conflictPage(dans, { formulaire, r, masques }));
    const lu = lire(saisieSchema, { ...r.champs, periode: champs.periode ?? k.periode, territoire: vise.territoireId });
    const ecrits = enTextes(r.champs);
    const valeur = ecrits.etat === 'valeur' ? lireValeur(k.mesure, ecrits.valeur ?? '') : ({ ok: true, valeur: null } as const);
    const illisible = valeur.ok ? [] : [{ champ: 'valeur', message: valeur.message }];
    const rendre = (erreurs: ErreurDeChamp[], aConfirmer?: number) => pageDeSaisie(c, k, { champs: { ...champs, ...ecrits }, erreurs, aConfirmer });
    if (!lu.ok || !valeur.ok) return rendre([...(lu.ok ? [] : lu.erreurs), ...illisible]);
    const erreurs = horsDuContrat(k.f, jourDe(c.maintenant), lu.valeur);
    if (erreurs.length > 0) return rendre(erreurs);
    if (valeur.valeur !== null && champs.confirme !== String(valeur.valeur)) {
      const derniere = await getDerniereValeur(c.db, c.contrat.id, { mesureId: k.mesure.id, periode: vise.periode, territoire: vise.territoireId });
      const ecart = direEcart(valeur.valeur, derniere?.valeur ?? null);
      if (ecart)
        return rendre(
          [{ champ: 'valeur', message: `${ecart} (${formatPeriode(derniere?.periode ?? '')}). Corrigez, ou dites que c’est juste.` }],
          valeur.valeur,
        );
    }
    const saisie = { ...lu.valeur, nombre: valeur.valeur };
    const version = await addValeur(c.db, c.contrat.id, k.mesure.id, saisie, courante?.version ?? 0, u, c.maintenant);
    await suivreChiffre(c, k.mesure.id);
    await c.auditer(
      'valeur.saisie',
      `/chiffres/${k.mesure.id}`,
      { periode: lu.valeur.periode, territoire: lu.valeur.territoire, version },
      { apres: lu.valeur },
    );
    if (r.venus.length > 0) return page(mergedPage(dans, formulaire, r, formulaire.retour));
    return redirige(`/chiffres/${k.mesure.id}?periode=${lu.valeur.periode}&territoire=${encodeURIComponent(lu.valeur.territoire)}`);
  }),
  post('/chiffres/:mesure/valider', accesMetier, async (c) => {
    const k = await cadrer(c);
    const u = c.utilisateur;
    const territoireId = await getTerritoireDeValeur(c.db, c.contrat.id, k.mesure.id, texte(c.corps.valeur));
    if (!u || !peutValider(u, { fiche: k.mesure.fiche, territoireId: territoireId ?? k.f.catalogue.racine.id }, k.f.catalogue.contient))
      throw interdit('Seul le pilote de la fiche ou la coordination centrale valide ce chiffre, pour les territoires de son mandat.');
    if (!(await validerValeur(c.db, c.contrat.id, k.mesure.id, texte(c.corps.valeur), u, c.maintenant)))
      throw conflit('Une autre personne a déjà validé ce chiffre, ou l’a corrigé. Relisez la version en vigueur avant de valider.');
    await c.auditer('valeur.validee', `/chiffres/${k.mesure.id}`, { valeur: texte(c.corps.valeur) });
    return redirige(`/chiffres/${k.mesure.id}?periode=${k.periode}&territoire=${encodeURIComponent(k.territoireId)}#versions`);
  }),
];
