/** What must not be told so that a secret value stays one: what holds it, and what it holds. Pure. */
import type { Catalogue } from '../../contrats/index.ts';
import { lirePeriode } from '../periode.rules.ts';
import { type Case, type CleDeVentilation, type Collectee, donts, genreDe, lireCle } from './grain.rules.ts';

interface Place extends Case {
  periode: string;
  ventilation: CleDeVentilation;
}
export interface Gardien {
  /** Some secret is part of it: a total from which it could be taken away. */
  contientUnSecret(x: Place): boolean;
  /** It is part of something secret: with its sisters it would tell it. */
  estDansUnSecret(x: Place): boolean;
}

/** `secretes`: the contributions of one measure that are secret now. */
export function garderSecrets(m: Collectee, c: Pick<Catalogue, 'contient'>, secretes: readonly Place[]): Gardien {
  const aCote = new Set(donts(m).map((x) => x.cle));
  const utiles = secretes.filter((s) => !aCote.has(s.ventilation));
  const unSeulFait = m.grain.debiteurs === 'meme-fait' && genreDe(m) === 'nombre';
  const contient = (grand: Place, petit: Place): boolean => {
    if (aCote.has(grand.ventilation) || aCote.has(petit.ventilation)) return false;
    if (!unSeulFait && grand.debiteur !== petit.debiteur) return false;
    if (!c.contient(grand.territoireId, petit.territoireId)) return false;
    const [p, q] = [lirePeriode(grand.periode), lirePeriode(petit.periode)];
    if (!p || !q || p.debut > q.debut || p.fin < q.fin) return false;
    const [v, w] = [lireCle(grand.ventilation), lireCle(petit.ventilation)];
    return Object.entries(v).every(([axe, valeur]) => w[axe] === valeur);
  };
  return {
    contientUnSecret: (x) => utiles.some((s) => contient(x, s)),
    estDansUnSecret: (x) => utiles.some((s) => contient(s, x)),
  };
}
