import { Button } from '../../../../ui/Button.tsx';
import { DateInput } from '../../../../ui/DateInput.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { Section } from '../../../../ui/PageHeader.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { erreurDe } from '../../../../ui/types.ts';
import { jour } from '../../../../ui/typographie.ts';
import { nombreSaisi } from '../../../../core/nombres.ts';
import type { Activite } from '../../activite.ts';
import { un } from '../../brut.rules.ts';
import type { DefinitionRegistre } from '../../definition.ts';
import type { RefusDActe } from '../../saisie/refus.ts';

interface Props {
  d: DefinitionRegistre;
  a: Activite;
  base: string;
  refus: RefusDActe | null;
  aujourdhui: string;
}

/** A planned record whose day has come: done in one tap with its quantities, or cancelled. */
export function Dire({ d, a, base, refus, aujourdhui }: Props) {
  const k = a.contenu;
  const erreurs = refus?.acte === 'realiser' || refus?.acte === 'annuler' ? refus.erreurs : [];
  const dit = (nom: string, defaut: string) => (refus?.acte === 'realiser' ? un(refus.brut, nom) : defaut);
  const venu = k.jour <= aujourdhui;
  const e = d.genre === 'f' ? 'e' : '';
  const masques = { version: String(a.version) };
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      {venu && (
        <Section titre={`Réalisé${e} ?`} id="realisee">
          <p className="govuk-body">
            Prévu{e} le {jour(k.jour)}. Dites ce qu’il en a été : c’est alors que cela compte.
          </p>
          <Form action={`${base}/realiser`} masques={masques}>
            <div className="c-quantites">
              <DateInput nom="jour" libelle={d.jour} valeur={dit('jour', k.jour)} erreur={erreurDe(erreurs, 'jour')} />
              {d.champs.map((c) =>
                c.type === 'nombre' ? (
                  <TextInput
                    key={c.code}
                    nom={`donnees.${c.code}`}
                    libelle={c.libelle}
                    facultatif={!c.obligatoire}
                    largeur={10}
                    inputMode={c.entier ? 'numeric' : 'decimal'}
                    suffixe={c.unite}
                    valeur={dit(`donnees.${c.code}`, typeof k.donnees[c.code] === 'number' ? nombreSaisi(k.donnees[c.code] as number) : '')}
                    erreur={erreurDe(erreurs, `donnees.${c.code}`)}
                  />
                ) : null,
              )}
            </div>
            <Button>Réalisé{e}</Button>
          </Form>
        </Section>
      )}
      <Details resume={`Annulé${e}`} ouvert={refus?.acte === 'annuler'}>
        <Form action={`${base}/annuler`} masques={masques}>
          <TextInput
            nom="annulation"
            libelle="Motif de l’annulation"
            aide="Par exemple : « météo », « effectifs pris par un autre événement »."
            valeur={refus?.acte === 'annuler' ? un(refus.brut, 'annulation') : ''}
            erreur={refus?.acte === 'annuler' ? erreurDe(erreurs, 'annulation') : undefined}
          />
          <Button variante="secondaire">
            Annuler {d.genre === 'f' ? 'cette' : /^[aeéèêiouyhœ]/i.test(d.singulier) ? 'cet' : 'ce'} {d.singulier}
          </Button>
        </Form>
      </Details>
    </>
  );
}
