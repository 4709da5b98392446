/** A record made by what another module did, with the rights and checks of the form, in the caller's transaction. */
import type { ErreurDeChamp } from '../../../core/errors.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { type Brut, lireBrut, un } from '../brut.rules.ts';
import { avecCiblesDuBrut, quiDe } from '../liens/liens.ts';
import { ouvrir, type Registres } from '../registres.contexte.ts';
import { peutCreer, peutEcrire, situationDe } from '../registres.policy.ts';
import { lecteurDeCreation } from '../registres.schema.ts';
import { titreDe } from './defauts.ts';
import { cheminDe, createActivite } from './saisie.queries.ts';

export type Enregistre = { ok: true; id: string; chemin: string } | { ok: false; erreurs: readonly ErreurDeChamp[] };

/** `brut`: values by field name, as the form of that register sends them. Surprises are not asked about: whoever did it says it was so. */
export async function enregistrer(r: Registres, c: Contexte, registre: string, brut: Brut): Promise<Enregistre> {
  const { d, rep } = await ouvrir(r, { ...c, params: { registre } });
  if (!peutCreer(c.utilisateur, d))
    return { ok: false, erreurs: [{ champ: '', message: `Votre mandat ne permet pas d’écrire dans le registre « ${d.libelle} ».` }] };
  const lie = await avecCiblesDuBrut(r, quiDe(c), d, rep, brut);
  const lu = lireBrut(d, lie, lecteurDeCreation(d, lie), { ...brut, titre: un(brut, 'titre') || titreDe(d, lie, brut) });
  if (!lu.contenu) return { ok: false, erreurs: lu.erreurs };
  if (!peutEcrire(c.utilisateur, situationDe(d, lu.contenu), rep.contient))
    return {
      ok: false,
      erreurs: [{ champ: '', message: 'Votre mandat ne permet pas d’enregistrer cela pour cette organisation, à cet endroit, pour ces fiches.' }],
    };
  const auteur = { id: c.utilisateur?.id ?? null, nom: c.utilisateur?.nom ?? '' };
  const id = await createActivite(
    c.db,
    r,
    { contratId: c.contrat.id, registre: d.code },
    { contenu: lu.contenu, idExterne: null, auteur, quand: c.maintenant },
  );
  if (id === null) return { ok: false, erreurs: [{ champ: '', message: 'Cet enregistrement existe déjà.' }] };
  await c.auditer('activite.creee', cheminDe({ registre: d.code, id }), {}, { apres: lu.contenu });
  return { ok: true, id, chemin: cheminDe({ registre: d.code, id }) };
}
