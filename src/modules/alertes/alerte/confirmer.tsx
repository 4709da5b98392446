/** A text that may name somebody, where its form cannot ask: the page that asks keeps it whole, to be sent as it is or mended. */
import { codes } from '../../../core/trace/details.ts';
import { type Contexte, page, type Reponse, texte } from '../../../core/http/http.ts';
import { ActionBar } from '../../../ui/ActionBar.tsx';
import { Button } from '../../../ui/Button.tsx';
import { CONFIRME, Confirmer, estConfirme } from '../../../ui/Confirmer.tsx';
import { Form } from '../../../ui/Form.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Textarea } from '../../../ui/Textarea.tsx';
import type { ErreurDeChamp } from '../../../ui/types.ts';
import { DANS, FIL } from '../alertes.contexte.ts';
import { lireTexte } from '../reglement/texte.rules.ts';

type Doutes = readonly (ErreurDeChamp & { genres: readonly string[] })[];
/** What looks like somebody in these fields. */
export const doutesDe = (champs: Readonly<Record<string, string>>): Doutes =>
  Object.entries(champs).flatMap(([champ, v]) => {
    const { doute, genres } = lireTexte(v);
    return doute ? [{ champ, message: doute, genres }] : [];
  });
/** True when nothing looks so, or when somebody said that nobody is named; what was said is kept in the trail. */
export async function estDit(c: Contexte, doutes: Doutes, chemin: string): Promise<boolean> {
  if (doutes.length === 0) return true;
  if (!estConfirme(doutes, c.corps[CONFIRME])) return false;
  await c.auditer('alerte.texte', chemin, { genres: codes(new Set(doutes.flatMap((d) => d.genres))) });
  return true;
}
export const PersonneNommee = ({ doutes }: { doutes: readonly ErreurDeChamp[] }) => (
  <Confirmer etonnements={doutes} legende="Quelqu’un est-il nommé ?" libelle="Non, c’est un lieu ou un mot courant : c’est juste" />
);

interface Question {
  champ: string;
  libelle: string;
  max: number;
  retour: string;
}
/** Null when the text may be written; otherwise the page that asks. It answers to the address that was sent to, with the other fields as they came. */
export async function demanderSiNomme(c: Contexte, o: Question): Promise<Reponse | null> {
  const dit = texte(c.corps[o.champ]);
  const doutes = doutesDe({ [o.champ]: dit });
  if (await estDit(c, doutes, c.url.pathname)) return null;
  const autres = Object.fromEntries(Object.entries(c.corps).flatMap(([nom, v]) => ([o.champ, CONFIRME, '_cle'].includes(nom) ? [] : [[nom, texte(v)]])));
  return page({
    ...DANS,
    fil: FIL,
    titre: 'Quelqu’un est-il nommé ?',
    statut: 422,
    corps: (
      <>
        <PageHeader titre="Quelqu’un est-il nommé ?" chapo="Rien n’est encore écrit. Votre texte est là, entier." />
        <Form action={c.url.pathname} masques={autres}>
          <Textarea nom={o.champ} libelle={o.libelle} lignes={4} max={o.max} valeur={dit} />
          <PersonneNommee doutes={doutes} />
          <ActionBar>
            <Button>Enregistrer</Button>
            <a className="govuk-link" href={o.retour}>
              Annuler
            </a>
          </ActionBar>
        </Form>
      </>
    ),
  });
}
