import { ButtonGroup, LinkButton } from '../../../../ui/Button.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { capitale, jour, pluriel } from '../../../../ui/typographie.ts';
import { contestees, direContestee } from '../../releve/contenu.rules.ts';
import { ecrireReleve } from '../../releve/ecriture.rules.ts';
import type { Publication } from '../cloture.queries.ts';
import { DocumentBlocs } from './DocumentBlocs.tsx';

/** What the public reads of a session: decisions, and what was said, without persons. */
export function RelevePublicPage({ publication: p }: { publication: Omit<Publication, 'arrete'> }) {
  const c = p.contenu;
  return (
    <>
      <PageHeader
        titre={c.seance.titre}
        surtitre={`${c.instance.nom}, relevé ${p.numero}`}
        chapo={capitale(
          `le ${jour(c.seance.jour)}. ${c.rectificatif > 0 ? `Rectificatif n° ${c.rectificatif} : ${c.motif}. ` : ''}${p.retraits > 0 ? `${pluriel(p.retraits, 'passage a été retiré', 'passages ont été retirés')} avant publication.` : ''}`,
        )}
      />
      {contestees(c).length > 0 && (
        <p className="govuk-body">
          <Tag ton="garance">approbation contestée</Tag> {contestees(c).map(direContestee).join(' ; ')}.
        </p>
      )}
      <ButtonGroup>
        <LinkButton href={`/releves/${p.seanceId}/releve.pdf`}>Télécharger (PDF)</LinkButton>
        <LinkButton variante="secondaire" href={`/releves/${p.seanceId}/releve.docx?genre=compte-rendu`}>
          Compte rendu (DOCX)
        </LinkButton>
      </ButtonGroup>
      <DocumentBlocs blocs={ecrireReleve(c, 'compte-rendu').blocs} />
    </>
  );
}
