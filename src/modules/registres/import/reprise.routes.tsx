/** What a file gets wrong, mended before it is published: its columns, its rows one by one or by value, or in a file. */
import { accesRegistres } from '../../../core/authorize.ts';
import { abreger, couper } from '../../../core/couper.ts';
import { conflit, introuvable } from '../../../core/errors.ts';
import { type Contexte, fichier, get, page, post, type Route, redirige, texte } from '../../../core/http/http.ts';
import { masquesDeVersion, rapprocher } from '../../../core/http/versions.ts';
import { mesurer } from '../../../core/tableur/lignes.ts';
import { conflictPage, mergedPage } from '../../../ui/Conflict.tsx';
import { CONFIRME, estConfirme } from '../../../ui/Confirmer.tsx';
import type { LigneDeLot, Lot } from '../activite.ts';
import { lireBrut } from '../brut.rules.ts';
import { avertirDesEcarts, ecartsDe } from '../habitudes.queries.ts';
import { ouvrirImport } from '../liens/liens.ts';
import { ouvrir, type Registres } from '../registres.contexte.ts';
import { buildCreation } from '../registres.schema.ts';
import { auteurDe } from '../saisie/saisie.routes.tsx';
import { erreursEnCsv, erreursEnXlsx } from './a-corriger.ts';
import { getRetenues, saveRetenues } from './appariement.queries.ts';
import { colonnesDeFichier, libelleDeColonne } from './colonnes.rules.ts';
import { nomDeCellule } from './correction.rules.ts';
import { cleDeTitre, proposer, sansEtoile, verifierChoix } from './entetes.rules.ts';
import { getLigne, type LignePreparee, listLignesPortant, listPorteurs, updateLignes } from './lignes.queries.ts';
import { charger, filDuLot, type Ici, ouDe, permetDe, refusDeFichier, relire, vueDeLaLigne, vueDesColonnes, vueDuLot } from './lot.vue.tsx';
import { compterLot } from './lots.queries.ts';
import { comparer } from './preparation.ts';
import { createVerification } from './verification.ts';
import { fautesDeTaille } from '../../../core/http/fields.ts';
import { enLignes } from '../../../core/mots.ts';

const LOT = '/registres/:registre/imports/:lot';
/** Headings remembered for one organisation and one register. */
const TITRES_MAX = 400;
const VALEUR_MAX = 10_000;
const CONSTANTE_MAX = 500;
const DEJA = 'Cet import a déjà été publié, annulé ou remplacé : ses lignes ne se corrigent plus. Revenez à sa page.';

export function repriseRoutes(r: Registres): Route[] {
  return [
    /** 200 · 404 · 409 when published or when the file is kept no more */
    get(
      `${LOT}/colonnes`,
      accesRegistres,
      async (c) => {
        const ici = await ouvrirImport(r, c);
        const lot = await charger(c, ici.d);
        if (lot.etat !== 'prepare' || !lot.relisible) throw conflit(DEJA);
        return vueDesColonnes(ici, lot, { cles: proposer(ici.d, ici.rep, lot.entetes), constantes: lot.constantes });
      },
      { sensible: true },
    ),

    /** 303 to the preview of the file so read, in place of this one · 422 · 404 · 409. Remembered for the person's organisation. */
    post(
      `${LOT}/colonnes`,
      accesRegistres,
      async (c) => {
        const ici = await ouvrirImport(r, c);
        const { d, rep } = ici;
        const lot = await charger(c, d);
        if (lot.etat !== 'prepare' || !lot.relisible) throw conflit(DEJA);
        const champs = colonnesDeFichier(d);
        const connus = new Set(champs.map((x) => x.cle));
        const cles = lot.entetes.map((_, i) => {
          const cle = texte(c.corps[`colonne.${i}`]);
          return connus.has(cle) ? cle : null;
        });
        const constantes = Object.fromEntries(
          champs.flatMap((x) => {
            const v = texte(c.corps[`constante.${x.cle}`]);
            return x.obligatoire && v !== '' && !cles.includes(x.cle) ? [[x.cle, v] as const] : [];
          }),
        );
        const luesAvec = lireBrut(d, rep, buildCreation(d, rep), constantes).erreurs.filter((e) => e.champ in constantes);
        const longues = champs.flatMap((x) => fautesDeTaille(`constante.${x.cle}`, x.libelle, constantes[x.cle] ?? '', CONSTANTE_MAX));
        const erreurs = [
          ...verifierChoix(d, lot.entetes, cles, constantes),
          ...longues,
          ...luesAvec.map((e) => ({ ...e, champ: `constante.${e.champ}` })).filter((e) => !longues.some((l) => l.champ === e.champ)),
        ];
        if (erreurs.length > 0) return vueDesColonnes(ici, lot, { cles, constantes, erreurs });
        const organisation = c.utilisateur?.organisationId ?? '';
        const ou = ouDe(c, d);
        try {
          const id = await relire(c, ici, lot, {
            feuille: lot.feuille,
            choix: { cles, constantes },
            retenues: await getRetenues(c.db, ou, organisation),
            memesLignes: true,
            apres: async (tx) => {
              // Cells without headings say nothing of the next ones.
              if (lot.ligneTitres === 0) return;
              const avant = await getRetenues(tx, ou, organisation, true);
              const titres = lot.entetes.map((e) => cleDeTitre(e.titre));
              const dites = titres.flatMap((t, i) => (t === '' || titres.indexOf(t) !== titres.lastIndexOf(t) ? [] : [[t, cles[i] ?? null] as const]));
              const apres = {
                colonnes: Object.fromEntries([...Object.entries(avant?.colonnes ?? {}).filter(([t]) => !titres.includes(t)), ...dites].slice(-TITRES_MAX)),
                constantes: { ...avant?.constantes, ...constantes },
              };
              await saveRetenues(tx, ou, organisation, { ...apres, fichier: lot.fichier, par: auteurDe(c).nom, quand: c.maintenant });
            },
          });
          await c.auditer(
            'lot.colonnes',
            `/registres/${d.code}/imports/${id}`,
            { colonnes: cles.filter((x) => x !== null).length },
            { apres: { cles, constantes } },
          );
          return redirige(`/registres/${d.code}/imports/${id}`);
        } catch (e) {
          return vueDesColonnes(ici, lot, { cles, constantes, erreurs: [{ champ: 'colonne.0', message: refusDeFichier(e) }] });
        }
      },
      { sansTransaction: true },
    ),

    /** 200 · 404 · 409 when the batch is no more to check */
    get(
      `${LOT}/lignes/:rangee`,
      accesRegistres,
      async (c) => {
        const ici = await ouvrirImport(r, c);
        const lot = await charger(c, ici.d);
        const l = await ligneDe(c, ici, lot);
        return vueDeLaLigne(ici, lot, l, { cellules: l.cellules, masques: masquesDeVersion(enregistree(lot, l)) });
      },
      { sensible: true },
    ),

    /** 303 to the preview, to the next row in error · 422 what is still wrong, or surprises and is not confirmed · 404 · 409 both versions */
    post(`${LOT}/lignes/:rangee`, accesRegistres, async (c) => {
      const ici = await ouvrirImport(r, c);
      const { d } = ici;
      // The batch's lock: nobody publishes it, nor mends another row, meanwhile.
      const lot = await charger(c, d, true);
      const l = await ligneDe(c, ici, lot);
      const base = `/registres/${d.code}/imports/${lot.id}`;
      const rapproche = rapprocher(c.corps, enregistree(lot, l));
      const libelle = libelleDeColonne(d);
      const partage = {
        objet: `La ligne ${l.numero}`,
        action: `${base}/lignes/${l.numero}`,
        retour: base,
        champs: Object.fromEntries(lot.entetes.map((e, i) => [nomDeCellule(i), { libelle: e.cle === null ? sansEtoile(e.titre) : libelle(e.cle) }])),
      };
      const dans = { largeur: 'travail', section: 'registres', fil: filDuLot(d, lot) } as const;
      if (rapproche.genre === 'heurt') return page(conflictPage(dans, { formulaire: partage, r: rapproche }));
      // A row read without its last empty cells has them on the form.
      const cellules = Array.from({ length: Math.max(l.cellules.length, lot.entetes.length) }, (_, i) => {
        const v = l.cellules[i] ?? '';
        const ecrite = rapproche.champs[nomDeCellule(i)];
        return typeof ecrite === 'string' ? enLignes(ecrite) : v;
      });
      const longues = lot.entetes.flatMap((e, i) => {
        const titre = e.cle === null ? sansEtoile(e.titre) : libelle(e.cle);
        return fautesDeTaille(titre, titre, cellules[i] ?? '', VALEUR_MAX).map((f) => ({ colonne: titre, message: f.message }));
      });
      if (longues.length > 0) {
        const masques = masquesDeVersion(enregistree(lot, l), c.corps as Record<string, string>);
        return vueDeLaLigne(ici, lot, { ...l, erreurs: longues }, { cellules, masques }, 422);
      }
      const [relue] = await verifier(c, ici, lot, [{ numero: l.numero, cellules }]);
      if (!relue)
        return vueDeLaLigne(
          ici,
          lot,
          { ...l, erreurs: [{ colonne: 'Toute la ligne', message: 'Elle est vide.' }] },
          { cellules, masques: masquesDeVersion(enregistree(lot, l), c.corps as Record<string, string>) },
          422,
        );
      const ecarts = relue.contenu ? await ecartsDe(c.db, ouDe(c, d), d, relue.contenu) : [];
      const avertissements = [...relue.avertissements, ...ecarts.map((e) => ({ ...e, colonne: libelle(e.champ) }))];
      const etonnements = relue.contenu ? avertissements.map((e) => ({ champ: e.champ ?? '', message: e.message })) : [];
      if (!estConfirme(etonnements, c.corps[CONFIRME])) {
        const masques = masquesDeVersion(enregistree(lot, l), c.corps as Record<string, string>);
        return vueDeLaLigne(ici, lot, { ...l, erreurs: [], avertissements }, { cellules, masques, etonnements }, 422);
      }
      await garder(c, ici, lot, [relue]);
      await c.auditer('lot.ligne-corrigee', base, { ligne: l.numero, revision: l.revision + 1 }, { avant: l.cellules, apres: cellules });
      const encore = await getLigne(c.db, ouDe(c, d), lot.id, l.numero);
      if (encore && encore.etat === 'erreur') return vueDeLaLigne(ici, lot, encore, { cellules, masques: masquesDeVersion(enregistree(lot, encore)) }, 422);
      return rapproche.venus.length > 0 ? page(mergedPage(dans, partage, rapproche, base)) : redirige(`${base}?etat=erreur#lignes`);
    }),

    /** 303 · 422 without another value · 404 · 409. Every row in error whose cell says this value is checked again with the other. */
    post(`${LOT}/remplacer`, accesRegistres, async (c) => {
      const ici = await ouvrirImport(r, c);
      const lot = await charger(c, ici.d, true);
      if (lot.etat !== 'prepare' || lot.aApparier) throw conflit(DEJA);
      const rang = Number(texte(c.corps.colonne));
      const valeur = texte(c.corps.valeur);
      const par = texte(c.corps.par);
      const base = `/registres/${ici.d.code}/imports/${lot.id}`;
      const refuser = (message: string) => vueDuLot(r, c, ici, lot, { remplacer: { rang, valeur, par, message } });
      if (!Number.isInteger(rang) || !lot.entetes[rang]?.cle) return refuser('Cette colonne n’est pas reprise. Rechargez la page.');
      if (par === valeur) return refuser('Écrivez une autre valeur.');
      const [longue] = fautesDeTaille('par', 'Cette valeur', par, VALEUR_MAX);
      if (longue) return refuser(longue.message);
      const touchees = await listLignesPortant(c.db, ouDe(c, ici.d), lot.id, rang, valeur);
      const relues = await verifier(
        c,
        ici,
        lot,
        touchees.map((l) => ({ numero: l.numero, cellules: l.cellules.map((v, i) => (i === rang ? par : v)) })),
      );
      const cle = lot.entetes[rang]?.cle ?? '';
      const encore = relues[0]?.erreurs.find((e) => e.champ === cle);
      if (encore && relues.every((l) => l.erreurs.some((e) => e.champ === cle))) return refuser(`Avec « ${abreger(par, 60)} » : ${encore.message}`);
      if (relues.length > 0) {
        await garder(c, ici, lot, relues);
        await c.auditer('lot.lignes-remplacees', base, { lignes: relues.length, rang }, { avant: { colonne: cle, valeur }, apres: par });
      }
      return redirige(`${base}#lignes`);
    }),

    /** 200 · 404 · 503 when too many exports run */
    get(
      `${LOT}/a-corriger.csv`,
      accesRegistres,
      async (c) => {
        const { d } = await ouvrir(r, c);
        const lot = await charger(c, d);
        return fichier(erreursEnCsv(c.db, ouDe(c, d), lot), { nom: nomDuFichier(lot, 'csv'), type: 'text/csv; charset=utf-8' });
      },
      { sensible: true },
    ),
    get(
      `${LOT}/a-corriger.xlsx`,
      accesRegistres,
      async (c) => {
        const { d } = await ouvrir(r, c);
        const lot = await charger(c, d);
        return fichier(erreursEnXlsx(c.db, ouDe(c, d), lot), {
          nom: nomDuFichier(lot, 'xlsx'),
          type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        });
      },
      { sensible: true },
    ),
  ];
}

const nomDuFichier = (lot: Lot, ext: string): string => `a-corriger-${couper(lot.fichier.replace(/\.[a-z]{2,4}$/i, ''), 80)}.${ext}`;

async function ligneDe(c: Contexte, { d }: Ici, lot: Lot): Promise<LigneDeLot> {
  if (lot.etat !== 'prepare' || lot.aApparier) throw conflit(DEJA);
  const numero = Number(c.params.rangee);
  const l = Number.isInteger(numero) && numero > 0 && numero < 2 ** 31 ? await getLigne(c.db, ouDe(c, d), lot.id, numero) : null;
  if (!l) throw introuvable('Cette ligne');
  return l;
}

/** The row as its form shows it: the cells of the columns that are taken. */
const enregistree = (lot: Lot, l: LigneDeLot) => ({
  version: l.revision,
  champs: Object.fromEntries(lot.entetes.flatMap((e, i) => (e.cle === null ? [] : [[nomDeCellule(i), l.cellules[i] ?? ''] as const]))),
  par: l.revuePar,
  le: l.revueLe,
});

/** Rows checked alone, with the identifiers of the others in sight. */
async function verifier(c: Contexte, ici: Ici, lot: Lot, lignes: readonly { numero: number; cellules: string[] }[]): Promise<LignePreparee[]> {
  const cles = lot.entetes.map((e) => e.cle);
  const rangId = cles.indexOf('id_externe');
  const ids = rangId < 0 ? [] : lignes.flatMap((l) => l.cellules[rangId]?.trim() || []);
  const vus = await listPorteurs(
    c.db,
    ouDe(c, ici.d),
    lot.id,
    ids,
    lignes.map((l) => l.numero),
  );
  const lire = createVerification({ ...ici, permet: permetDe(c, ici), cles, constantes: lot.constantes, vus });
  return [...mesurer(lignes, lot.fichier)].map(lire);
}

async function garder(c: Contexte, ici: Ici, lot: Lot, lignes: readonly LignePreparee[]): Promise<void> {
  const ou = ouDe(c, ici.d);
  await updateLignes(c.db, ou, lot.id, lignes, { auteur: auteurDe(c), quand: c.maintenant });
  await comparer(
    c.db,
    { ou, permet: permetDe(c, ici) },
    lot.id,
    lignes.map((l) => l.numero),
  );
  await avertirDesEcarts(
    c.db,
    ou,
    ici.d,
    lot.id,
    lignes.map((l) => l.numero),
  );
  await compterLot(c.db, ou, lot.id, lot.remarques);
}
