import type { ErreurDeChamp } from '../../../core/errors.ts';
import { Button } from '../../../ui/Button.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { InsetText } from '../../../ui/InsetText.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import type { Vue } from '../cellules.contexte.ts';

/** What the island reads (`islands/cle-de-cellule.ts`): the question for the passkey, whose seat it is, which passkey. */
const donnees = (o: { sel: Buffer; siege: string; cle: string | null }) => ({
  'data-cle-de-cellule': '',
  'data-sel': o.sel.toString('base64url'),
  'data-siege': o.siege,
  ...(o.cle ? { 'data-id': o.cle } : {}),
});
/** Hidden as long as the browser has no passkeys: the phrase is on the same page. */
const Champs = () => (
  <>
    <input type="hidden" name="prf" value="" />
    <input type="hidden" name="cle" value="" />
    <p className="govuk-error-message" role="alert" data-cle-erreur="" />
  </>
);

/** Beside the phrase, for who added a passkey to this cell. */
export function OuvrirParCle({ vue: v }: { vue: Vue }) {
  const { moi } = v;
  if (!moi?.enfermeePrf || !moi.prfSel) return null;
  return (
    <div hidden data-cle-bloc="">
      <Form action={`/cellules/${v.cellule.id}/ouvrir`} donnees={donnees({ sel: moi.prfSel, siege: moi.id, cle: moi.prfCle })}>
        <Champs />
        <Button variante="secondaire">Ouvrir avec ma clé d’accès</Button>
      </Form>
    </div>
  );
}

interface Props {
  vue: Vue;
  sel: Buffer;
  erreurs: readonly ErreurDeChamp[];
}
export function CleDAccesPage({ vue: v, sel, erreurs }: Props) {
  const { moi } = v;
  const base = `/cellules/${v.cellule.id}/cle-d-acces`;
  if (!moi) return null;
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader
        titre="Clé d’accès de la cellule"
        surtitre={v.nom}
        chapo="Une clé d’accès de votre compte peut ouvrir la cellule à la place de votre phrase. La phrase ouvre toujours."
      />
      <InsetText>
        Elle est sur un appareil : qui le tient et sait le déverrouiller ouvre la cellule, avec votre session. Perdu, retirez-la ici et de votre compte.
      </InsetText>
      <div data-cle-absente="">
        <p className="govuk-body">Ce navigateur n’a pas de clé d’accès : gardez votre phrase.</p>
      </div>
      <div hidden data-cle-bloc="">
        <Form action={base} masques={{ sel: sel.toString('base64url') }} donnees={donnees({ sel, siege: moi.id, cle: null })}>
          <TextInput
            nom="phrase"
            libelle="Votre phrase"
            type="password"
            autoComplete="current-password"
            aide="Une dernière fois, pour que la clé d’accès ouvre la même chose."
            erreur={erreurs.find((e) => e.champ === 'phrase')?.message}
          />
          <Champs />
          <Button>{moi.enfermeePrf ? 'Remplacer ma clé d’accès' : 'Ajouter ma clé d’accès'}</Button>
        </Form>
      </div>
      {moi.enfermeePrf && (
        <Section titre="Retirer">
          <Form action={`${base}/retirer`}>
            <Button variante="secondaire">Retirer la clé d’accès de cette cellule</Button>
          </Form>
        </Section>
      )}
    </>
  );
}
