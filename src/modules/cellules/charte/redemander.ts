/** Who had signed is told that another text waits for them: fixed words, as everything that this plane sends. */
import type { Contexte } from '../../../core/http/http.ts';
import { avertir } from '../../../core/courrier/mail.ts';
import { getOuverts } from '../cellule/cellule.queries.ts';
import { cheminDe, type Outils, siegent, type Vue } from '../cellules.contexte.ts';

/** `v`: the cell as it was before its text changed. */
export async function redemanderSignatures(c: Contexte, o: Outils, v: Vue): Promise<void> {
  const signes = siegent(v).filter((m) => v.signatures.some((s) => s.membreId === m.id));
  for (const compte of await getOuverts(c.db, [...new Set(signes.map((m) => m.compteId))]))
    await avertir(c.db, compte, `${o.adresse}${cheminDe(v.cellule.id)}/charte`);
}
