/** What became of what was planned: done, with its quantities, or cancelled with a reason. */
import { code } from '../../../core/trace/details.ts';
import { jourDe } from '../../../core/clock.ts';
import { accesRegistres } from '../../../core/authorize.ts';
import { interdit, introuvable } from '../../../core/errors.ts';
import { type Contexte, post, type Reponse, type Route, redirige, texte } from '../../../core/http/http.ts';
import { type Brut, brutDe, lireBrut, un } from '../brut.rules.ts';
import { avecCiblesDuBrut, quiDe } from '../liens/liens.ts';
import { ouvrir, type Registres } from '../registres.contexte.ts';
import { peutEcrire, situationDe } from '../registres.policy.ts';
import { ceNom } from '../registres.rules.ts';
import { lecteurDeCorrection } from '../registres.schema.ts';
import { getActivite, updateActivite } from '../saisie/saisie.queries.ts';
import { auteurDe } from '../saisie/saisie.routes.tsx';
import { detail } from '../saisie/saisie.vues.tsx';

const MOTIFS = { realiser: 'Réalisée', annuler: 'Annulée' } as const;

export function etapesRoutes(r: Registres): Route[] {
  /** 303 to the record · 422 with what was typed · 403 · 404 */
  return (['realiser', 'annuler'] as const).map((acte) => post(`/registres/:registre/:id/${acte}`, accesRegistres, (c) => dire(r, c, acte)));
}

async function dire(r: Registres, c: Contexte, acte: 'realiser' | 'annuler'): Promise<Reponse> {
  const { d, rep } = await ouvrir(r, c);
  const a = await getActivite(c.db, c.contrat.id, d.code, c.params.id ?? '', true);
  if (!a || !d.etapes) throw introuvable('Cet enregistrement');
  if (!peutEcrire(c.utilisateur, situationDe(d, a.contenu), rep.contient)) throw interdit();
  const saisi = c.corps as Brut;
  const refuser = (champ: string, message: string) => detail(r, c, { d, rep, a, ecrire: true }, { acte, erreurs: [{ champ, message }], brut: saisi });
  if (a.contenu.etape !== 'programmee' || a.statut === 'retire' || Number(texte(c.corps.version)) !== a.version)
    return refuser(
      acte === 'realiser' ? 'jour' : 'annulation',
      `${a.auteur} a modifié ${ceNom(d)} entre-temps : relisez ce qui est écrit maintenant, puis recommencez.`,
    );
  const actuel = brutDe(d, a.contenu);
  const quantites = Object.fromEntries(d.champs.filter((x) => x.type === 'nombre').map((x) => [`donnees.${x.code}`, un(saisi, `donnees.${x.code}`)]));
  const brut: Brut =
    acte === 'annuler'
      ? { ...actuel, etape: 'annulee', annulation: un(saisi, 'annulation') }
      : { ...actuel, ...quantites, etape: 'realisee', annulation: '', jour: un(saisi, 'jour') || a.contenu.jour, ...finDe(a.contenu, un(saisi, 'jour')) };
  const lie = await avecCiblesDuBrut(r, quiDe(c), d, rep, brut, a.contenu);
  const lu = lireBrut(d, lie, lecteurDeCorrection(d, lie), brut, { version: a.version, motif: MOTIFS[acte] });
  if (!lu.contenu) return detail(r, c, { d, rep, a, ecrire: true }, { acte, erreurs: lu.erreurs, brut: saisi });
  const ou = { contratId: c.contrat.id, registre: d.code, id: a.id };
  const motif = acte === 'annuler' ? `${MOTIFS.annuler} : ${lu.contenu.annulation}` : MOTIFS.realiser;
  await updateActivite(c.db, r, ou, { contenu: lu.contenu, statut: 'publie', acte: 'correction', motif, auteur: auteurDe(c), quand: c.maintenant });
  await c.auditer(acte === 'annuler' ? 'activite.annulee' : 'activite.realisee', `/registres/${d.code}/${a.id}`, {
    version: a.version + 1,
    le: code(jourDe(c.maintenant)),
  });
  return redirige(`/registres/${d.code}/${a.id}`);
}

/** Done on another day than planned: an end that would come before goes. */
const finDe = (k: { fin: string | null }, jour: string): { fin?: string } => (k.fin !== null && jour > k.fin ? { fin: '' } : {});
