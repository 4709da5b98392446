/** Opening the key of a cell by what a member alone has, and what is done with it then. */
import { code, codes } from '../../../core/trace/details.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { cheminDe, type Outils, type Vue } from '../cellules.contexte.ts';
import {
  type CleDeCellule,
  CleRefusee,
  type Connue,
  controleDe,
  creerCle,
  creerPaire,
  desceller,
  enfermer,
  enfermerSous,
  oublier,
  ouvrirPrivee,
  ouvrirSous,
  type Secret,
  type SecretDeCle,
  sceauDe,
  sceller,
} from '../cles/cles.ts';
import { changerCle } from '../cles/rotation.ts';
import { countSituations, type Membre, remettre, setBoites, setCle, setEnfermee, setPaire } from './cellule.queries.ts';

/** What a member gives: their phrase, or what their passkey made. */
export type Preuve = { phrase: string } | { prf: SecretDeCle };
interface OuvertePar extends Secret {
  cle: CleDeCellule;
}

/** Null when it does not open: nothing tells why. */
export async function ouvrir(m: Pick<Membre, 'enfermee' | 'enfermeePrf' | 'publique' | 'boite'>, preuve: Preuve): Promise<OuvertePar | null> {
  const enfermee = 'phrase' in preuve ? m.enfermee : m.enfermeePrf;
  if (!enfermee || !m.publique || !m.boite) return null;
  try {
    const secret = await ('phrase' in preuve ? ouvrirPrivee(enfermee, preuve.phrase.slice(0, 500)) : ouvrirSous(enfermee, preuve.prf));
    return { ...secret, cle: await desceller(m.boite, { publique: m.publique, privee: secret.privee }) };
  } catch (e) {
    if (e instanceof CleRefusee) return null;
    throw e;
  }
}
/** Under the phrase that was said lost, as long as no key was passed since. */
export const ouvrirAncienne = (m: Membre, phrase: string): Promise<OuvertePar | null> =>
  ouvrir({ enfermee: m.ancienneEnfermee, enfermeePrf: null, publique: m.anciennePublique, boite: m.ancienneBoite }, { phrase });

/**
 * The key that opened against what this member knew. `faite`: the same number and another key, which only somebody who writes the database
 * could have put there. `autre`: changed since, which a member did and can say.
 */
export function comparer(connue: Connue | null, vue: Connue): 'meme' | 'autre' | 'faite' {
  if (!connue) return 'meme';
  if (connue.epoque !== vue.epoque) return 'autre';
  return Buffer.from(connue.controle).equals(vue.controle) ? 'meme' : 'faite';
}
/** From now on this member knows that key, by the way that they opened. Whoever put it there meanwhile could not say so. */
export async function retenir(c: Contexte, membreId: string, privee: Uint8Array, preuve: Preuve, connue: Connue): Promise<void> {
  await setEnfermee(
    c.db,
    c.contrat.id,
    membreId,
    'phrase' in preuve
      ? { enfermee: await enfermer(privee, preuve.phrase.slice(0, 500), connue) }
      : { enfermeePrf: await enfermerSous(privee, preuve.prf, connue) },
  );
}

/** The cell's key sealed for a member, and the seal by which their public key is known. */
export async function boitePour(cle: CleDeCellule, m: { id: string; publique: Buffer }) {
  return { membreId: m.id, boite: await sceller(cle, m.publique), sceau: await sceauDe(cle, m.id, m.publique) };
}
export async function changer(c: Contexte, o: Outils, v: Vue, ancienne: CleDeCellule): Promise<{ cle: CleDeCellule; epoque: number }> {
  const { laissees, ecartes, ...neuve } = await changerCle(c.db, c.contrat.id, o.trousseau, v.cellule, ancienne, c.maintenant);
  await c.auditer('cellule.cle', cheminDe(v.cellule.id), { cle: neuve.epoque, laissees, ecartes: codes([...ecartes]) });
  return neuve;
}
/** Nobody active was named for them: who now is, and that nobody chose it, is in the trail. */
export async function remettreEtDire(c: Contexte, v: Vue): Promise<void> {
  for (const r of await remettre(c.db, c.contrat.id, v.cellule.id, v.aujourdhui, c.maintenant))
    await c.auditer('situation.habilitee', `${cheminDe(v.cellule.id)}/situations/${r.situationId}`, { membre: code(r.membreId), d_office: true });
}
/** The member's pair; and a key for the cell with the very first one, or when the key was lost with nothing under it. */
export async function donnerPaire(c: Contexte, v: Vue, moi: Membre, phrase: string): Promise<void> {
  const paire = await creerPaire();
  await setPaire(c.db, c.contrat.id, moi.id, { publique: paire.publique, enfermee: await enfermer(paire.privee, phrase) });
  oublier(paire.privee);
  // Somebody else holds the key and may pass it on; or custodians do, and what it closes waits for them.
  const perdue = !v.membres.some((m) => m.id !== moi.id && (m.boite ?? m.ancienneBoite) !== null);
  if (v.cellule.epoque > 0 && !(perdue && (await countSituations(c.db, c.contrat.id, v.cellule.id)) === 0)) return;
  const cle = await creerCle();
  const epoque = v.cellule.epoque + 1;
  await setCle(c.db, c.contrat.id, v.cellule.id, { epoque, controle: await controleDe(cle) });
  await setBoites(c.db, c.contrat.id, [await boitePour(cle, { id: moi.id, publique: Buffer.from(paire.publique) })], epoque);
  oublier(cle);
}
