/**
 * Cells: the twenty sheets of a session read, opened and rendered, against the same kept in clear; and « search before create » over a hundred
 * thousand blind indexes. On the demonstration's cell, with a key of the bench's own.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { sql } from 'kysely';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { dureesDe, getCellule, listCellules, listMembres, listSignatures } from '../src/modules/cellules/cellule/cellule.queries.ts';
import type { Vue } from '../src/modules/cellules/cellules.contexte.ts';
import { getCharte } from '../src/modules/cellules/charte/charte.ts';
import { groupesPour, texteDe } from '../src/modules/cellules/charte/charte.rules.ts';
import { cleDeSituation, creerCle, empreinteDe } from '../src/modules/cellules/cles/cles.ts';
import { openTrousseau } from '../src/modules/cellules/cles/trousseau.ts';
import { SituationPage } from '../src/modules/cellules/pages/SituationPage.tsx';
import { ecrireContenu, type Lue, lireContenus } from '../src/modules/cellules/situations/contenu.ts';
import { addHabilitation, addSituation, findSituation, getVisee, listContenus, type Visee } from '../src/modules/cellules/situations/situations.queries.ts';
import { getCatalogue } from '../src/modules/contrats/index.ts';
import { type Contexte, quantile, tourATour } from './contexte.ts';

const FICHES = 20;
const INDEX = 100_000;
const JOUR = '2026-01-15';
const FIN = '2099-01-15';
const QUI = { nom: 'Lepré', prenom: 'Ysaline', naissance: 2012 };

export async function mesurerCellules(c: Contexte): Promise<void> {
  const e = await c.etabli(c.echelle);
  const db = e.bases.nominatif;
  const [premiere] = await listCellules(db, e.contratId);
  const charte = await getCharte('contrats/paris-2023-2026');
  const cellule = premiere && (await getCellule(db, e.contratId, premiere.id));
  const genre = charte?.genres.find((g) => g.code === cellule?.genre);
  const membres = cellule ? await listMembres(db, e.contratId, cellule.id) : [];
  const [moi] = membres;
  if (!charte || !cellule || !genre || !moi) throw new Error('La démonstration n’a pas de cellule.');
  const trousseau = openTrousseau(join(`${e.dossier}-trousseau`, e.p.slug));
  const cle = await creerCle();
  const quand = new Date();
  const ids: string[] = [];
  for (let i = 0; i < FICHES; i++) {
    const id = randomUUID();
    ids.push(id);
    const k = await cleDeSituation(cle, await trousseau.creer(id));
    const commun = { celluleId: cellule.id, situationId: id, membre: moi, cle: k, quand };
    await addSituation(db, e.contratId, {
      id,
      celluleId: cellule.id,
      empreinte: null,
      creeeLe: JOUR,
      destructionLe: FIN,
      aInformer: 'parents',
      informationAvant: FIN,
    });
    await addHabilitation(db, e.contratId, { situationId: id, membreId: moi.id, parMembreId: moi.id }, quand);
    await ecrireContenu(db, e.contratId, { ...commun, groupe: 'saisine', dit: { origine: 'ecole', difficulte: 'decrochage' } });
    await ecrireContenu(db, e.contratId, { ...commun, groupe: 'identite', dit: { nom: 'Lepré', prenom: 'Ysaline', naissance: '2012-04' } });
    for (const codes of [['suivi'], ['contact', 'relais']]) await ecrireContenu(db, e.contratId, { ...commun, groupe: 'apport', dit: { codes } });
  }
  const vue: Vue = {
    ...{ cellule, genre, nom: genre.libelle, membres, moi, signee: true, compose: false, controle: false, aujourdhui: JOUR, empreinte: '', reglement: null },
    cat: await getCatalogue(db, e.contratId),
    signatures: await listSignatures(db, e.contratId, cellule.id),
    texte: texteDe(charte, genre, dureesDe(cellule), null),
  };
  const rendre = (situation: Visee, lue: Lue): string =>
    renderToStaticMarkup(
      createElement(SituationPage, {
        ...{ vue, charte, situation, lue, titre: 'designe', habilitations: [], informations: [], orientations: [], lectures: [], demandes: [] },
        ...{ champs: {}, erreurs: [], lien: null },
      }),
    );
  const viser = async (id: string): Promise<Visee> => {
    const s = await getVisee(db, e.contratId, { id, celluleId: cellule.id, membreId: moi.id, aujourdhui: JOUR, maintenant: quand });
    if (!s) throw new Error('Une situation du banc n’est plus là.');
    return s;
  };
  const groupes = groupesPour(charte, 'designe');
  const chiffrees = async () => {
    for (const id of ids) rendre(await viser(id), await lireContenus(db, e.contratId, trousseau, cle, { id, celluleId: cellule.id }, groupes));
  };
  // The same rows are read, and what they say is already there.
  const enClair = async () => {
    for (const id of ids) {
      const s = await viser(id);
      const lignes = await listContenus(db, e.contratId, id);
      rendre(s, {
        saisine: { origine: 'ecole', difficulte: 'decrochage' },
        identite: { nom: 'Lepré', prenom: 'Ysaline', naissance: '2012-04' },
        apports: lignes.filter((l) => l.groupe === 'apport').map((l) => ({ ...l, codes: ['contact'] })),
        differes: new Map(),
        abimees: 0,
      });
    }
  };
  const [siennes = [], nues = []] = await tourATour(c.rapide ? 15 : 40, [chiffrees, enClair]);
  c.noter('cellule-vingt-fiches-p95', quantile(siennes, 0.95), 'ms');
  c.noter('cellule-vingt-fiches', quantile(siennes, 0.95) / quantile(nues, 0.95), 'ratio');
  for (const id of ids) await trousseau.detruire(id);

  await sql`
    insert into nominatif.situations (contrat_id, id, cellule_id, numero, etat, empreinte, creee_le, etat_le, destruction_le, information_avant)
    select ${e.contratId}, gen_random_uuid(), ${cellule.id}::uuid, 100000 + n, 'recue', sha256(n::text::bytea), ${JOUR}, ${JOUR}, ${FIN}, ${FIN}
    from generate_series(1, ${INDEX}) as n`.execute(e.owner);
  await sql`vacuum analyze nominatif.situations`.execute(e.owner);
  const chercher = async () => findSituation(db, e.contratId, cellule.id, await empreinteDe(cle, QUI), JOUR);
  const [recherches = []] = await tourATour(200, [chercher]);
  c.noter('cellule-recherche-p95-ms', quantile(recherches, 0.95), 'ms');
  await sql`delete from nominatif.situations where contrat_id = ${e.contratId} and numero > 100000`.execute(e.owner);
}
