/** The règlement intérieur of a cell: its reference and digest, said in the charter that members sign; whether a copy is that text. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { code } from '../../../core/trace/details.ts';
import { type ErreurDeChamp, interdit } from '../../../core/errors.ts';
import { exigerConfirmation } from '../../../core/http/confirmation.ts';
import { type Contexte, get, lire, page, post, redirige, type Reponse, type Route, champsDe } from '../../../core/http/http.ts';
import { jour } from '../../../ui/typographie.ts';
import { FIL, travail } from '../cellule/cellule.routes.tsx';
import { cheminDe, type Outils, voirCellule, type Vue } from '../cellules.contexte.ts';
import { accesCellules } from '../cellules.policy.ts';
import { ReglementPage } from '../pages/ReglementPage.tsx';
import { redemanderSignatures } from './redemander.ts';
import { addReglement, getJourDeLActe, listReglements, type Reglement } from './reglement.queries.ts';
import { lireActe, reglementSchema } from './reglement.schema.ts';

const FICHIER_MAX = 20 * 1024 * 1024;
const FICHIER = { televersementMax: FICHIER_MAX, parMinute: 20 } as const;

/** SHA-256 of the file that came in, which is read and not kept; null when none did. */
async function empreinteDuFichier(c: Contexte): Promise<string | null> {
  const recu = c.fichiers.find((f) => f.champ === 'fichier');
  if (!recu) return null;
  const somme = createHash('sha256');
  await pipeline(createReadStream(recu.chemin), somme);
  return somme.digest('hex');
}
const MANQUE: ErreurDeChamp = { champ: 'fichier', message: 'Choisissez le fichier du règlement.' };

/** What is cited is there, and of the day that is said. */
async function verifierActe(c: Contexte, r: Pick<Reglement, 'acte' | 'adopteLe'>): Promise<ErreurDeChamp[]> {
  const acte = lireActe(r.acte);
  if (!acte) return [];
  const le = await getJourDeLActe(c.db, acte);
  if (le === null) return [{ champ: 'acte', message: 'Aucune séance tenue ni décision de ce contrat n’a cette adresse.' }];
  return le === r.adopteLe
    ? []
    : [{ champ: 'acte', message: `Cette adresse est celle d’un acte du ${jour(le)}, et non du ${jour(r.adopteLe)} : corrigez le jour ou l’adresse.` }];
}
const plusAncien = (enVigueur: Reglement | null, adopteLe: string): ErreurDeChamp[] =>
  enVigueur && adopteLe < enVigueur.adopteLe
    ? [
        {
          champ: 'adopteLe',
          message: `Le règlement en vigueur a été adopté après ce jour, le ${jour(enVigueur.adopteLe)}. Vérifiez la date ; si ce texte le remplace bien, cochez la case sous le fichier et choisissez-le de nouveau.`,
        },
      ]
    : [];

interface Dit {
  joindre?: readonly ErreurDeChamp[];
  comparer?: readonly ErreurDeChamp[];
  /** Digest of the copy that was compared, and the text that it is. */
  copie?: { empreinte: string; est: Reglement | null };
}

export function buildReglementRoutes(o: Outils): Route[] {
  async function pageDuReglement(c: Contexte, v: Vue, dit: Dit = {}): Promise<Reponse> {
    return page({
      ...travail,
      titre: 'Règlement intérieur',
      fil: [...FIL, { libelle: v.nom, href: cheminDe(v.cellule.id) }],
      statut: dit.joindre || dit.comparer ? 422 : 200,
      corps: <ReglementPage vue={v} textes={await listReglements(c.db, c.contrat.id, v.cellule.id)} champs={champsDe(c)} {...dit} />,
    });
  }
  return [
    /** 200; 303 to prove who attaches one; 404 for who has no business in the cell. */
    get('/cellules/:cellule/reglement', accesCellules, async (c) => {
      const v = await voirCellule(c, o);
      return (v.compose && exigerConfirmation(c, `${cheminDe(v.cellule.id)}/reglement`)) || pageDuReglement(c, v);
    }),
    /** 303 in force: the charter says it, so everyone signs again; 422 wrong, the same one, or another was attached meanwhile; 403 not the coordination. */
    post(
      '/cellules/:cellule/reglement',
      accesCellules,
      async (c) => {
        const v = await voirCellule(c, o, true);
        const u = c.utilisateur;
        if (!u || !v.compose) throw interdit('Le règlement intérieur est joint par la coordination centrale.');
        const confirmation = exigerConfirmation(c, `${cheminDe(v.cellule.id)}/reglement`);
        if (confirmation) return confirmation;
        const lu = lire(reglementSchema(v.aujourdhui), champsDe(c));
        const empreinte = await empreinteDuFichier(c);
        const erreurs = [...(lu.ok ? [] : lu.erreurs), ...(empreinte ? [] : [MANQUE])];
        if (!lu.ok || !empreinte || erreurs.length > 0) return pageDuReglement(c, v, { joindre: erreurs });
        const { rang, ancien, ...dit } = lu.valeur;
        const r = v.reglement;
        const surprises = [...(await verifierActe(c, dit)), ...(ancien === 'oui' ? [] : plusAncien(r, dit.adopteLe))];
        if (surprises.length > 0) return pageDuReglement(c, v, { joindre: surprises });
        if (rang !== (r?.rang ?? 0))
          return pageDuReglement(c, v, {
            joindre: [
              {
                champ: 'reference',
                message: 'Un autre règlement vient d’être joint : il est montré ici. Choisissez de nouveau le fichier si le vôtre le remplace.',
              },
            ],
          });
        if (r && r.empreinte === empreinte && r.reference === dit.reference && r.adopteLe === dit.adopteLe)
          return pageDuReglement(c, v, { joindre: [{ champ: 'fichier', message: 'Ce règlement est déjà celui de la cellule.' }] });
        await addReglement(c.db, c.contrat.id, v.cellule.id, { ...dit, empreinte, rang: rang + 1 }, u, c.maintenant);
        await redemanderSignatures(c, o, v);
        await c.auditer('cellule.reglement', cheminDe(v.cellule.id), { rang: rang + 1, adopte: code(dit.adopteLe), texte: code(empreinte) });
        return redirige(`${cheminDe(v.cellule.id)}?fait=reglement`);
      },
      FICHIER,
    ),
    /** 200 which of the cell's texts that copy is, or none; 422 no file. Nothing is kept. */
    post(
      '/cellules/:cellule/reglement/comparer',
      accesCellules,
      async (c) => {
        const v = await voirCellule(c, o);
        const empreinte = await empreinteDuFichier(c);
        if (!empreinte) return pageDuReglement(c, v, { comparer: [MANQUE] });
        const est = (await listReglements(c.db, c.contrat.id, v.cellule.id)).find((t) => t.empreinte === empreinte) ?? null;
        return pageDuReglement(c, v, { copie: { empreinte, est } });
      },
      { ...FICHIER, anonyme: true, rejouable: true },
    ),
  ];
}
