/** What is begun and not added, whoever began it: each is added or set aside, and nothing goes unseen. */
import { Button } from '../../../../ui/Button.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { jourEtHeure, pluriel } from '../../../../ui/typographie.ts';
import type { Brouillon } from '../brouillons.queries.ts';
import { direBrouillon, type Salle } from '../brouillons.rules.ts';

interface BrouillonsProps extends Salle {
  base: string;
  brouillons: readonly Brouillon[];
}

function Geste({ base, b, geste, libelle, dit }: { base: string; b: Brouillon; geste: string; libelle: string; dit: string }) {
  return (
    <Form action={`${base}/brouillons/${b.id}/${geste}`} donnees={{ 'data-brouillon-acte': geste }}>
      <Button petit immediat variante={geste === 'ajouter' ? 'principal' : 'secondaire'}>
        {libelle}
        <span className="govuk-visually-hidden"> : {dit}</span>
      </Button>
    </Form>
  );
}

export function Brouillons({ base, brouillons, ...k }: BrouillonsProps) {
  const ouverts = brouillons.filter((b) => b.ecarteLe === null);
  const ecartes = brouillons.filter((b) => b.ecarteLe !== null);
  if (brouillons.length === 0) return null;
  return (
    <>
      {ouverts.length > 0 && (
        <p className="govuk-body">
          <strong>{pluriel(ouverts.length, 'saisie commencée n’est pas ajoutée', 'saisies commencées ne sont pas ajoutées')}.</strong>
        </p>
      )}
      <ul className="c-brouillons">
        {ouverts.map((b) => {
          const { quoi, dit } = direBrouillon(b, k);
          return (
            <li key={b.id} className="c-brouillon">
              <p className="c-brouillon__quoi">
                <strong>{quoi}</strong>, par {b.par}, le {jourEtHeure(b.quand)}
              </p>
              <p className="c-texte-brut c-brouillon__dit">{dit || '(rien d’écrit encore)'}</p>
              <div className="c-brouillon__gestes">
                <Geste base={base} b={b} geste="ajouter" libelle="Ajouter" dit={quoi} />
                <Geste base={base} b={b} geste="ecarter" libelle="Écarter" dit={quoi} />
              </div>
            </li>
          );
        })}
      </ul>
      {ecartes.length > 0 && (
        <Details resume={pluriel(ecartes.length, 'saisie écartée', 'saisies écartées')}>
          <ul className="c-brouillons">
            {ecartes.map((b) => {
              const { quoi, dit } = direBrouillon(b, k);
              return (
                <li key={b.id} className="c-brouillon">
                  <p className="c-brouillon__quoi">
                    {quoi}, par {b.par} ; écartée par {b.ecartePar}
                  </p>
                  <p className="c-texte-brut c-brouillon__dit">{dit}</p>
                  <Geste base={base} b={b} geste="reprendre" libelle="Reprendre" dit={quoi} />
                </li>
              );
            })}
          </ul>
        </Details>
      )}
    </>
  );
}
