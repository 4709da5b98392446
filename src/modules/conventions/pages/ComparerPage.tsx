import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { enSuite } from '../../../ui/enSuite.tsx';
import { Form } from '../../../ui/Form.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Select } from '../../../ui/Select.tsx';
import { accorder, nombre, pluriel } from '../../../ui/typographie.ts';
import type { Acte, Version } from '../conventions.queries.ts';
import type { Passage } from '../versions.rules.ts';

export interface ComparerPageProps {
  acte: Acte;
  /** Those that have words, the latest first. */
  versions: readonly Version[];
  avant: Version | null;
  apres: Version | null;
  passages: readonly Passage[] | null;
}
const nom = (v: Version): string => `${v.genre === 'avenant' ? 'Avenant' : 'Texte'} n° ${v.numero} : ${v.resume}`;
const DITS = { commun: 'Inchangé', ote: 'Retiré', ajoute: 'Ajouté' } as const;
const compter = (passages: readonly Passage[], genre: Passage['genre']): number =>
  passages.filter((x) => x.genre === genre).reduce((n, x) => n + x.lignes.length, 0);

export function ComparerPage(p: ComparerPageProps) {
  const options = p.versions.map((v) => ({ valeur: String(v.numero), libelle: nom(v) }));
  return (
    <>
      <PageHeader titre="Comparer deux versions" surtitre={p.acte.titre} chapo="Ligne par ligne, d’après les mots déposés avec chaque version." />
      {p.versions.length < 2 ? (
        <EmptyState titre="Rien à comparer" actions={[{ libelle: 'Revenir à l’acte', href: `/conventions/${p.acte.id}#textes` }]}>
          Il faut deux versions dont le texte a été collé. Un fichier seul se télécharge, mais ses mots ne se comparent pas.
        </EmptyState>
      ) : (
        <>
          <Form action={`/conventions/${p.acte.id}/comparer`} methode="get">
            <Select nom="avant" libelle="Avant" valeur={String(p.avant?.numero ?? '')} options={options} />
            <Select nom="apres" libelle="Après" valeur={String(p.apres?.numero ?? '')} options={options} />
            <Button variante="secondaire">Comparer</Button>
          </Form>
          {p.passages && (
            <>
              <p className="govuk-body">
                <strong>
                  {compter(p.passages, 'ajoute') + compter(p.passages, 'ote') === 0
                    ? 'Les deux textes disent la même chose.'
                    : `${pluriel(compter(p.passages, 'ajoute'), 'ligne ajoutée', 'lignes ajoutées')}, ${nombre(compter(p.passages, 'ote'))} ${accorder(compter(p.passages, 'ote'), 'retirée', 'retirées')}.`}
                </strong>
              </p>
              {enSuite(p.passages, (x) => (
                <div className={`c-passage c-passage--${x.genre}`}>
                  {x.genre !== 'commun' && <p className="govuk-body-s">{DITS[x.genre]} :</p>}
                  {x.genre === 'commun' && <Lignes lignes={x.lignes} />}
                  {x.genre === 'ote' && (
                    <del>
                      <Lignes lignes={x.lignes} />
                    </del>
                  )}
                  {x.genre === 'ajoute' && (
                    <ins>
                      <Lignes lignes={x.lignes} />
                    </ins>
                  )}
                </div>
              ))}
            </>
          )}
        </>
      )}
    </>
  );
}
const Lignes = ({ lignes }: { lignes: readonly string[] }) => <span className="c-paragraphes">{lignes.join('\n')}</span>;
