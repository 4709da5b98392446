/** What a problem or a session points to, as this reader may know it, and the acts that link and unlink. */
import { couper } from '../../../core/couper.ts';
import { code } from '../../../core/trace/details.ts';
import { introuvable } from '../../../core/errors.ts';
import { type Contexte, redirige, type Reponse, texte } from '../../../core/http/http.ts';
import { type Citee, chercherCitees, listCitees, registresLisibles } from '../../registres/index.ts';
import { addLien, listLiens, type Porteur, retirerLien } from './liens.queries.ts';

export interface ObjetLie extends Citee {
  lien: string;
  /** « Sites ». */
  nomDuRegistre: string;
}
/** Records of registers that this person may not read are left out. */
export async function objetsLies(c: Contexte, porteur: Porteur, id: string): Promise<ObjetLie[]> {
  const noms = registresLisibles(c.utilisateur);
  if (noms.size === 0) return [];
  const liens = await listLiens(c.db, c.contrat.id, porteur, id);
  const citees = await listCitees(
    c.db,
    c.contrat.id,
    [...noms.keys()],
    liens.map((l) => l.activiteId),
  );
  return citees.flatMap((x) => {
    const lien = liens.find((l) => l.activiteId === x.id);
    return lien ? [{ ...x, lien: lien.id, nomDuRegistre: noms.get(x.registre) ?? x.registre }] : [];
  });
}

export interface Recherche {
  registres: readonly { code: string; libelle: string }[];
  registre: string;
  q: string;
  /** Null before anything was asked. */
  trouves: readonly Citee[] | null;
}
const MONTRES = 15;
/** What the form of a link found: `?registre=sites&q=square`, near the place of the body first by being only there. */
export async function chercherALier(c: Contexte, territoires: readonly string[] | null, deja: readonly string[]): Promise<Recherche> {
  const noms = registresLisibles(c.utilisateur);
  const registre = texte(c.requete.registre);
  const q = couper(texte(c.requete.q), 100);
  const trouves = noms.has(registre)
    ? (await chercherCitees(c.db, c.contrat.id, { registre, q, territoires }, MONTRES + deja.length)).filter((x) => !deja.includes(x.id)).slice(0, MONTRES)
    : null;
  return { registres: [...noms].map(([code, libelle]) => ({ code, libelle })), registre, q, trouves };
}

interface Sur {
  porteur: Porteur;
  id: string;
  chemin: string;
}
/** 303; 404 a record that this person does not read. */
export async function lier(c: Contexte, s: Sur): Promise<Reponse> {
  const [citee] = await listCitees(c.db, c.contrat.id, [...registresLisibles(c.utilisateur).keys()], [texte(c.corps.objet)]);
  if (!citee) throw introuvable('Cet enregistrement');
  const par = { nom: c.utilisateur?.nom ?? '', quand: c.maintenant };
  await addLien(c.db, c.contrat.id, { porteur: s.porteur, porteurId: s.id, registre: citee.registre, activiteId: citee.id }, par);
  await c.auditer('lien.ajoute', s.chemin, { objet: `/registres/${citee.registre}/${citee.id}` });
  return redirige(`${s.chemin}#liens`);
}
/** 303; 404 when it is not linked any more. */
export async function delier(c: Contexte, s: Sur): Promise<Reponse> {
  const par = { nom: c.utilisateur?.nom ?? '', quand: c.maintenant };
  if (!(await retirerLien(c.db, c.contrat.id, s.porteur, s.id, c.params.lienObjet ?? c.params.lienDeSeance ?? '', par))) throw introuvable('Ce lien');
  await c.auditer('lien.retire', s.chemin, { lien: code(c.params.lienObjet ?? c.params.lienDeSeance ?? '') });
  return redirige(`${s.chemin}#liens`);
}
