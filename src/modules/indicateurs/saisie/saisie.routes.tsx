/** Giving a collected figure: the form and its one write. */
import { readFile } from 'node:fs/promises';
import { accesMetier } from '../../../core/authorize.ts';
import { addFichier } from '../../../core/base/files.ts';
import { jourDe } from '../../../core/clock.ts';
import { type ErreurDeChamp, interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, get, lire, page, post, redirige, type Route, texte } from '../../../core/http/http.ts';
import { enTextes, masquesDeVersion } from '../../../core/http/versions.ts';
import { conflictPage, mergedPage } from '../../../ui/Conflict.tsx';
import { type Mesure, TOUT } from '../../contrats/index.ts';
import { listVersions } from '../chiffres.queries.ts';
import type { ValeurCollectee } from '../chiffres.rules.ts';
import { type FormulaireDeContrat, getFormulaire } from '../formulaires.ts';
import { SaisiePage } from '../pages/SaisiePage.tsx';
import { garderMethodes } from '../methodes/methodes.ts';
import { listMethodes } from '../methodes/methodes.queries.ts';
import { fautesDe, methodeDe } from '../methodes/methodes.rules.ts';
import { lirePeriode } from '../periode.rules.ts';
import { direRefus } from '../signature/verrous.garde.ts';
import { lireTenues, type Tenue } from '../signature/verrous.queries.ts';
import { motifSchema } from '../signature/verrous.schema.ts';
import { garderReponses, lireConnues, noterAvertissements } from '../qualite/qualite.queries.ts';
import { cleDeCellule, type Proposee } from '../qualite/qualite.types.ts';
import { resteADire } from '../qualite/reponses.rules.ts';
import { champsExpliques, expliquerParChamp, type Surprise, surprendre } from '../qualite/surprises.rules.ts';
import { verifierLot } from '../qualite/verifier.rules.ts';
import { type Comptes, compteesDe, estComptee, lireComptes } from './comptees.queries.ts';
import { contribuer, tenirLesAns } from './contribuer.ts';
import { FICHIER_MAX, lireDocument } from './document.ts';
import { type Case, genreDe, refusDuGrain } from './grain.rules.ts';
import { type CadreDeSaisie, cadrerSaisie, casesPermises, courantesDe, repondAux, titreDeSaisie } from './saisie.cadre.ts';
import { type EnVigueur, formulaireDeValeur, masquesDuCadre, placeNotee, rapprocherValeur, valeurEnregistree } from './saisie.formulaire.ts';
import { lireRangees, type RangeeLue, saisieSchema } from './saisie.schema.ts';

const CALCULE = 'Ce chiffre est calculé à partir des registres : corrigez les enregistrements, il suivra.';
const PAS_ATTENDU = 'Ce chiffre est attendu d’un autre organisme que le vôtre, ou pour un territoire ou une fiche hors de votre mandat.';

/** A number has no document. */
const RIEN_DE_JOINT = { texte: '', lien: '', document_le: '', document_auteur: '' };

interface Ouverte {
  f: FormulaireDeContrat;
  mesure: Mesure;
  permises: readonly Case[];
  demande: { aujourdhui: string; periode: string; debiteur: string; territoire: string };
}
/** 404 unknown measure; 403 for who may enter nothing of it. */
async function ouvrir(c: Contexte): Promise<Ouverte> {
  const f = await getFormulaire(c.db, c.contrat.id);
  const mesure = f.mesures.get(c.params.mesure ?? '');
  if (!mesure) throw introuvable('Ce chiffre');
  if (mesure.obtention === 'calcul') throw interdit(CALCULE);
  const permises = casesPermises(c.utilisateur, f.catalogue, mesure);
  if (permises.length === 0) throw interdit(PAS_ATTENDU);
  // The form itself says which figure it is; the address only opened it.
  const dit = (champ: string) => texte(c.corps[champ]) || texte(c.requete[champ]);
  const demande = { aujourdhui: jourDe(c.maintenant), periode: dit('periode'), debiteur: dit('debiteur'), territoire: dit('territoire') };
  return { f, mesure, permises, demande };
}

/** What was asked and the measure does not have; 403 where it has it, for others. */
function refuser({ f, mesure, permises, demande: d }: Ouverte, k: CadreDeSaisie): ErreurDeChamp[] {
  const vise = { debiteur: d.debiteur || k.debiteur, territoireId: d.territoire === TOUT ? '' : d.territoire || k.territoire };
  const lieu = vise.territoireId === '' || vise.territoireId === TOUT ? (k.rangees[0]?.territoireId ?? '') : vise.territoireId;
  const erreurs = refusDuGrain(mesure, f.catalogue, { ...vise, territoireId: lieu, periode: d.periode || k.periode, ventilation: '' }, d.aujourdhui);
  if (erreurs.length === 0 && !permises.some((x) => x.debiteur === vise.debiteur && x.territoireId === lieu)) throw interdit(PAS_ATTENDU);
  return erreurs;
}

/** What a lock says of this form. */
async function tenueDe(c: Contexte, k: CadreDeSaisie): Promise<Tenue> {
  const visee = { mesureId: k.mesure.id, periode: k.periode, debiteur: k.debiteur };
  const [tenue] = await lireTenues(c.db, c.contrat.id, [visee], c.maintenant);
  return tenue ?? { ...visee, verrou: null, rectifie: false };
}
/** The refusal of a lock, beside what was typed. */
const refusDe = ({ verrou, ...t }: Tenue, o: Ouverte): ErreurDeChamp[] =>
  verrou ? [{ champ: 'periode', message: direRefus({ ...t, verrou }, o.f.catalogue) }] : [];

const versionsDe = (c: Contexte, k: CadreDeSaisie): Promise<ValeurCollectee[]> =>
  listVersions(c.db, c.contrat.id, { mesureId: k.mesure.id, periode: k.periode, territoires: k.rangees.map((r) => r.territoireId) });
/** What the form corrects, as it is now. */
async function enVigueurDe(c: Contexte, o: Ouverte, k: CadreDeSaisie): Promise<EnVigueur> {
  const notee = placeNotee(k, o.f.catalogue);
  return {
    courantes: courantesDe(k, await versionsDe(c, k)),
    methode: notee && methodeDe(o.f.catalogue, await listMethodes(c.db, c.contrat.id, [k.mesure.id]), notee),
  };
}
const dans = (m: Mesure) =>
  ({
    largeur: 'travail',
    section: 'chiffres',
    fil: [
      { libelle: 'Chiffres à fournir', href: '/chiffres' },
      { libelle: m.id, href: `/chiffres/${m.id}` },
    ],
  }) as const;

async function pageDeSaisie(
  c: Contexte,
  o: Ouverte,
  k: CadreDeSaisie,
  plus: { champs?: Record<string, string>; erreurs?: readonly ErreurDeChamp[]; surprises?: readonly Surprise[]; statut?: number } = {},
) {
  const enVigueur = await enVigueurDe(c, o, k);
  const { courantes } = enVigueur;
  const tenue = await tenueDe(c, k);
  const enregistree = valeurEnregistree(k, enVigueur);
  return page({
    ...dans(k.mesure),
    titre: titreDeSaisie(k, courantes),
    statut: plus.statut ?? (plus.erreurs && plus.erreurs.length > 0 ? 422 : 200),
    corps: (
      <SaisiePage
        fige={refusDe(tenue, o)[0]?.message ?? null}
        rectifie={tenue.rectifie}
        cadre={k}
        notee={placeNotee(k, o.f.catalogue) !== null}
        catalogue={o.f.catalogue}
        champs={plus.champs ?? enTextes(enregistree.champs)}
        courantes={courantes}
        erreurs={plus.erreurs ?? []}
        surprises={plus.surprises ?? surprendre(k, await verifierEnVigueur(c, o, k, courantes), plus.champs ?? {})}
        masques={{ ...masquesDuCadre(k), ...masquesDeVersion(enregistree, plus.champs ?? {}) }}
        pourAutrui={
          c.utilisateur && k.rangees.every((r) => !repondAux(c.utilisateur, o.f.catalogue, { ...r, mesureId: k.mesure.id }))
            ? o.f.catalogue.nomActeur(c.utilisateur.organisationId)
            : ''
        }
        comptees={estComptee(k.mesure) ? compteesIci(k, await lireComptes(c.db, [k.mesure], jourDe(c.maintenant)), o.f.catalogue) : []}
        faite={lirePeriode(texte(c.requete.faite)) ? texte(c.requete.faite) : null}
      />
    ),
  });
}

/** In the rows of this form. */
const compteesIci = (k: CadreDeSaisie, comptes: Comptes, cat: Parameters<typeof compteesDe>[3]) =>
  compteesDe(k.mesure, comptes, k.periode, cat).flatMap((x) => {
    const r = k.rangees.find((y) => y.territoireId === x.territoireId && y.ventilation === x.ventilation);
    return r ? [{ ...x, libelle: r.libelle }] : [];
  });
const proposer = (k: CadreDeSaisie, r: Pick<RangeeLue, 'debiteur' | 'territoireId' | 'ventilation' | 'etat' | 'nombre'>): Proposee => ({
  mesureId: k.mesure.id,
  debiteur: r.debiteur,
  territoireId: r.territoireId,
  periode: k.periode,
  ventilation: r.ventilation,
  etat: r.etat,
  nombre: r.nombre,
});
/** What is recorded there, breaks a rule and was explained by nobody. */
async function verifierEnVigueur(c: Contexte, o: Ouverte, k: CadreDeSaisie, courantes: ReadonlyMap<string, ValeurCollectee>) {
  const lot = k.rangees.flatMap((r) => {
    const v = courantes.get(r.suffixe);
    return v && v.valeur !== null ? [proposer(k, { ...r, etat: 'valeur', nombre: v.valeur })] : [];
  });
  return lot.length === 0 ? [] : verifierLot(o.f.catalogue, lot, await lireConnues(c.db, o.f.catalogue, lot));
}

/** The next period, or the next place, of which nothing was said. */
const suivante = (k: CadreDeSaisie): string => {
  const lieux = k.choix.territoires.filter((t) => t !== TOUT);
  const lieu = k.territoire === TOUT ? undefined : lieux[lieux.indexOf(k.territoire) + 1];
  const periode = lieu ? k.periode : (k.choix.periodes[k.choix.periodes.indexOf(k.periode) - 1] ?? k.periode);
  return new URLSearchParams({
    periode,
    debiteur: k.debiteur,
    territoire: lieu ?? (k.territoire === TOUT ? TOUT : (lieux[0] ?? '')),
    faite: k.periode,
  }).toString();
};

export const saisieRoutes: Route[] = [
  /** 200 the form; 422 the same with what the measure does not have; 404 unknown measure; 403 not asked of this person. */
  get('/chiffres/:mesure/saisir', accesMetier, async (c) => {
    const o = await ouvrir(c);
    const k = cadrerSaisie(o.f.catalogue, o.mesure, c.utilisateur, o.permises, o.demande);
    return pageDeSaisie(c, o, k, { erreurs: refuser(o, k) });
  }),
  /** 303 saved, every row in one transaction; 422 with everything typed; 409 another version came in meanwhile, or locked; 403 not asked of this person. */
  post(
    '/chiffres/:mesure/saisir',
    accesMetier,
    async (c) => {
      const o = await ouvrir(c);
      const u = c.utilisateur;
      if (!u) throw interdit(PAS_ATTENDU);
      const cat = o.f.catalogue;
      const k = cadrerSaisie(cat, o.mesure, u, o.permises, o.demande);
      const envoyes = Object.fromEntries(Object.entries(c.corps).map(([cle, v]) => [cle, texte(v)]));
      const hors = refuser(o, k);
      if (hors.length > 0) return pageDeSaisie(c, o, k, { champs: envoyes, erreurs: hors });
      await tenirLesAns(c, [{ mesureId: o.mesure.id, periode: k.periode }]);
      const tenue = await tenueDe(c, k);
      if (tenue.verrou) return pageDeSaisie(c, o, k, { champs: envoyes, erreurs: refusDe(tenue, o), statut: 409 });
      const enVigueur = await enVigueurDe(c, o, k);
      const { courantes } = enVigueur;
      const formulaire = formulaireDeValeur(k, cat);
      const r = rapprocherValeur(c.corps, k, enVigueur);
      if (r.genre === 'heurt')
        return page(
          conflictPage(dans(o.mesure), { formulaire, r, masques: { ...masquesDuCadre(k), ...champsExpliques(envoyes), rectifie: envoyes.rectifie } }),
        );
      const champs = enTextes(r.champs);
      const lu = lire(saisieSchema, { ...RIEN_DE_JOINT, ...champs });
      const note = { methode: champs.methode ?? '', limites: champs.limites ?? '' };
      const document = genreDe(o.mesure) === 'nombre' ? null : await lireDocument(c);
      const garde = [...courantes.values()].find((v) => v.fichierId !== null);
      const joint = document?.ok === true || garde !== undefined;
      const { rangees, erreurs } = lireRangees(o.mesure, k.rangees, champs, {
        connues: new Set(courantes.keys()),
        texte: (champs.texte ?? '').trim(),
        document: joint || (champs.lien ?? '').trim() !== '',
      });
      const rectifie = motifSchema.safeParse(envoyes.rectifie ?? '');
      const fautes = [
        ...(tenue.rectifie && !rectifie.success ? [{ champ: 'rectifie', message: rectifie.error.issues[0]?.message ?? '' }] : []),
        ...(lu.ok ? [] : lu.erreurs),
        ...fautesDe(note, { methode: 'methode', limites: 'limites' }),
        ...erreurs,
        ...(document && !document.ok ? [{ champ: 'fichier', message: document.message }] : []),
      ];
      const rendre = (e: ErreurDeChamp[], surprises?: readonly Surprise[]) =>
        pageDeSaisie(c, o, k, { champs: { ...envoyes, ...champs }, erreurs: e, ...(surprises ? { surprises } : {}) });
      if (!lu.ok || fautes.length > 0) return rendre(fautes);
      const { document_le, document_auteur, ...s } = lu.valeur;
      const avant = valeurEnregistree(k, enVigueur).champs;
      const memeOrigine = s.source === avant.source && s.commentaire === avant.commentaire && document?.ok !== true;
      const change = (x: RangeeLue): boolean => {
        const v = courantes.get(x.suffixe);
        const meme = v && v.etat === x.etat && v.valeur === x.nombre && (v.texte ?? '') === s.texte && (v.lien ?? '') === s.lien;
        return !(meme && memeOrigine && (v.documentLe ?? '') === document_le && (v.documentAuteur ?? '') === document_auteur);
      };
      const changees = rangees.filter(change);
      const expliquees = rangees.filter((x) => changees.includes(x) || (envoyes[`explication${x.suffixe}`] ?? '').trim() !== '');
      const lot = expliquees.map((x) => proposer(k, x));
      const avertissements = verifierLot(cat, lot, await lireConnues(c.db, cat, lot));
      const expliquer = expliquerParChamp(k, envoyes);
      const reste = resteADire(avertissements, expliquer);
      if (reste.length > 0) {
        await noterAvertissements(c, u, avertissements);
        const suffixes = new Map(k.rangees.map((x) => [cleDeCellule({ ...x, mesureId: o.mesure.id, periode: k.periode }), x.suffixe]));
        return rendre(
          reste.map(({ avertissement: a, message }) => ({
            champ: `${a.gravite === 'refus' ? 'valeur' : 'explication'}${suffixes.get(a.cellule) ?? ''}`,
            message,
          })),
          surprendre(k, avertissements, envoyes),
        );
      }
      const fichier = document?.ok ? document : null;
      const fichierId = fichier
        ? await addFichier(c.db, c.contrat.id, { nom: fichier.nom, type: fichier.type, contenu: await readFile(fichier.chemin), garde: true })
        : (garde?.fichierId ?? null);
      await contribuer(
        c,
        cat,
        u,
        changees.map((x) => ({
          ...x,
          ...s,
          rectifie: tenue.rectifie ? envoyes.rectifie : undefined,
          mesureId: o.mesure.id,
          periode: k.periode,
          derniere: courantes.get(x.suffixe)?.version ?? 0,
          fichierId,
          fichierNom: fichier?.nom ?? garde?.fichierNom ?? null,
          documentLe: document_le,
          documentAuteur: document_auteur,
        })),
        { periode: k.periode, territoire: k.territoire, debiteur: k.debiteur },
      );
      const notee = placeNotee(k, cat);
      if (notee) await garderMethodes(c, cat, u, [{ ...notee, ...note }]);
      await garderReponses(c, u, lot, avertissements, expliquer);
      if (r.venus.length > 0) return page(mergedPage(dans(o.mesure), formulaire, r, formulaire.retour));
      return redirige(envoyes.suite === 'oui' ? `/chiffres/${o.mesure.id}/saisir?${suivante(k)}` : `${formulaire.retour}#contributions`);
    },
    { televersementMax: FICHIER_MAX + 65_536 },
  ),
];
