import type { ErreurDeChamp } from '../../../core/errors.ts';
import { Button, LinkButton } from '../../../ui/Button.tsx';
import { Checkbox } from '../../../ui/Choices.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { enSuite } from '../../../ui/enSuite.tsx';
import { Form } from '../../../ui/Form.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { jourEtHeure } from '../../../ui/typographie.ts';
import type { Vue } from '../cellules.contexte.ts';
import type { Charte } from '../charte/charte.schema.ts';
import { Phrase } from './Phrase.tsx';

interface Props {
  vue: Vue;
  charte: Charte;
  signer: boolean;
  /** A phrase is chosen with the first signature. */
  phrase: boolean;
  erreurs: readonly ErreurDeChamp[];
}

export function ChartePage({ vue: v, charte, signer, phrase, erreurs }: Props) {
  const base = `/cellules/${v.cellule.id}/charte`;
  const siennes = v.signatures.filter((s) => s.membreId === v.moi?.id);
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader
        titre={charte.titre}
        surtitre={v.nom}
        chapo={`Version ${charte.version}`}
        actions={
          <>
            <LinkButton href={`${base}/papier/pdf`} variante="secondaire" petit telecharger>
              PDF
            </LinkButton>
            <LinkButton href={`${base}/papier/docx`} variante="secondaire" petit telecharger>
              DOCX
            </LinkButton>
            <LinkButton href={`${base}/changements`} variante="secondaire" petit>
              Ce qui a changé
            </LinkButton>
            <LinkButton href={`/cellules/${v.cellule.id}/reglement`} variante="secondaire" petit>
              Règlement intérieur
            </LinkButton>
          </>
        }
      />
      {enSuite(v.texte, (s) => (
        <Section titre={s.titre}>
          {enSuite(s.lignes, (l) => (
            <p className="govuk-body">{l}</p>
          ))}
        </Section>
      ))}
      <p className="govuk-hint c-coupe">Empreinte de ce texte : {v.empreinte}</p>
      {siennes.length > 0 && (
        <Section titre="Vos signatures">
          <ul className="govuk-list govuk-list--bullet">
            {siennes.map((s) => (
              <li key={s.empreinte}>
                Version {s.version}, {jourEtHeure(s.signeeLe)}, {s.fonction}, {v.cat.nomActeur(s.organisationId)}
                {s.empreinte === v.empreinte ? ' : ce texte.' : ' : un texte qui n’est plus en vigueur.'}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {signer && v.moi && (
        <Section titre="Signer">
          <p className="govuk-body">
            Vous signez en votre nom, comme {v.moi.fonction}, et pour {v.cat.nomActeur(v.moi.organisationId)}.
          </p>
          <Form action={`/cellules/${v.cellule.id}/signer`} masques={{ empreinte: v.empreinte }}>
            {phrase && <Phrase erreurs={erreurs} />}
            {v.reglement && (
              <Checkbox
                nom="reglement"
                libelle={`J’ai lu ce règlement intérieur : ${v.reglement.reference} (empreinte ${v.reglement.empreinte.slice(0, 16)}…)`}
                aide="Pour vérifier que votre exemplaire est ce texte : « Comparer mon exemplaire », à la page du règlement."
                erreur={erreurs.find((e) => e.champ === 'reglement')?.message}
              />
            )}
            <Checkbox nom="lu" libelle="J’ai lu cette charte et je m’y engage" erreur={erreurs.find((e) => e.champ === 'lu')?.message} />
            <Button>Signer la charte</Button>
          </Form>
        </Section>
      )}
    </>
  );
}
