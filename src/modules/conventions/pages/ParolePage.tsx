/** Something said in the name of a party: by whom, and what the party says of it. */
import { Button, ButtonGroup } from '../../../ui/Button.tsx';
import { Confirmer } from '../../../ui/Confirmer.tsx';
import { Details } from '../../../ui/Details.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { erreurDe } from '../../../ui/types.ts';
import type { Charge } from '../conventions.contexte.ts';
import type { Formulaire } from '../formulaires.ts';
import { DEPASSE, direParoleDite, EFFETS, LIBELLES, PAS_PARTOUT, surQuelleParole } from '../mots.ts';
import type { ParoleDite } from '../paroles.queries.ts';
import { attendue, estCollectif, peutDire } from '../paroles.rules.ts';

/** `parElle`: read by the organisation in whose name it was said; `engage`: whose word it is wherever that holds. */
type Props = Charge & Formulaire & { parole: ParoleDite; parElle: boolean; engage: boolean };
export function ParolePage(p: Props) {
  const { parole: x, parElle, engage } = p;
  const url = `/conventions/${p.acte.id}/paroles/${x.id}`;
  const masques = (acte: string) => ({ acte, vu: String(x.rang) });
  const motif = (acte: string) => {
    const ici = p.erreurs.length > 0 && p.champs.acte === acte;
    return { nom: 'motif', id: `motif-${acte}`, valeur: ici ? (p.champs.motif ?? '') : '', erreur: ici ? erreurDe(p.erreurs, 'motif') : undefined };
  };
  const peut = (acte: 'confirmee' | 'contestee' | 'annulee') => peutDire(x.genre, acte, x, acte === 'contestee' ? parElle : engage);
  const depasse = x.depasse && attendue([x.etat]);
  const ouvert = (acte: string) => p.erreurs.length > 0 && p.champs.acte === acte;
  return (
    <>
      <ErrorSummary erreurs={p.erreurs.map((e) => (e.champ === '' ? e : { ...e, champ: `${e.champ}-${p.champs.acte ?? ''}` }))} />
      <PageHeader titre={LIBELLES[x.genre]} surtitre={p.acte.titre} chapo={`${direParoleDite(x, true)}.`} />
      <p className="govuk-body">{surQuelleParole(x, p.catalogue, true)}</p>
      {x.motif && x.etat !== 'confirmee' && <p className="govuk-body">« {x.motif} »</p>}
      {x.etat === 'notee' && x.de !== '' && <p className="govuk-body">{depasse ? DEPASSE : EFFETS[x.genre]}</p>}
      {parElle && !engage && <p className="govuk-body">{PAS_PARTOUT}</p>}
      {peut('confirmee') && !depasse && (
        <Form action={url} masques={masques('confirmer')}>
          <Confirmer etonnements={p.etonnements} legende="L’acte était déjà reconduit" libelle="Oui, il a été dénoncé à temps" />
          <ButtonGroup>
            <Button>{x.genre === 'correction' ? 'Oui, nous confirmons ces dates' : 'Oui, c’est bien nous'}</Button>
          </ButtonGroup>
        </Form>
      )}
      {peut('contestee') && (
        <Details resume="Ce n’est pas notre parole" ouvert={ouvert('contester')}>
          <p className="govuk-body">Cela ne comptera pas. Qui tient l’acte et la coordination l’apprennent par lettre.</p>
          <Form action={url} masques={masques('contester')}>
            <TextInput {...motif('contester')} libelle="Pourquoi" />
            <Button variante="secondaire">Contester</Button>
          </Form>
        </Details>
      )}
      {peut('annulee') && (!parElle || x.etat === 'confirmee') && (
        <Details resume={parElle && x.etat === 'confirmee' ? 'Revenir sur ce qui est dit' : 'Retirer cette note'} ouvert={ouvert('annuler')}>
          <p className="govuk-body">
            Ce qui a été dit reste dans l’historique de l’acte, et ne compte plus{estCollectif(x.genre) ? ' pour aucune partie : chacune l’apprend' : ''}.
          </p>
          <Form action={url} masques={masques('annuler')}>
            <TextInput {...motif('annuler')} libelle="Pourquoi" />
            <Button variante="secondaire">Retirer</Button>
          </Form>
        </Details>
      )}
      <p className="govuk-body">
        <a className="govuk-link" href={`/conventions/${p.acte.id}#paroles`}>
          Revenir à l’acte
        </a>
      </p>
    </>
  );
}
