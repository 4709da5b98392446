import { TextInput, type TextInputProps } from '../../../../ui/TextInput.tsx';
import type { Repertoire } from '../../registres.repertoire.ts';
import { direLieu, nommerLieu } from '../lieux.rules.ts';

/** Beyond, the list would weigh more than the form: what is not offered is still understood when it is written. */
const PROPOSES = 600;

/** A place by its name, with what browsers themselves offer while one types; without any place, nothing is asked. */
export function EntreeLieu({ rep, ...p }: TextInputProps & { rep: Repertoire }) {
  const connus = rep.lieux;
  const valeur = String(p.valeur ?? '');
  if (!connus || (connus.size === 0 && valeur === '')) return null;
  const liste = `lieux-${p.nom}`;
  return (
    <>
      <TextInput {...p} valeur={direLieu(valeur, connus)} autoComplete="off" attributs={{ list: liste }} />
      <datalist id={liste}>
        {[...connus.values()].slice(0, PROPOSES).map((l) => (
          <option key={l.cle} value={nommerLieu(l, connus)} />
        ))}
      </datalist>
    </>
  );
}

export function LieuDit({ cle, rep }: { cle: string; rep: Repertoire }) {
  const l = rep.lieux?.get(cle);
  if (!l) return cle;
  return (
    <>
      <a className="govuk-link" href={`/lieux/${l.type}/${l.code}`}>
        {l.nom}
      </a>
      , {l.libelleDuType}
    </>
  );
}
