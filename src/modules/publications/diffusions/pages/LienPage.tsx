import { Button } from '../../../../ui/Button.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { InsetText } from '../../../../ui/InsetText.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { jour, jourEtHeure } from '../../../../ui/typographie.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import type { DocumentDiffuse, Lecteur } from '../diffusions.queries.ts';
import { Contenu } from './DocumentPage.tsx';

/** For who has a link and no account: `lu`, it opened and closed again; `envoye`, another link left for the same address; `trop`, no more will. */
interface Props {
  l: Lecteur;
  d: DocumentDiffuse;
  catalogue: Catalogue;
  action: string;
  etat: 'a-lire' | 'ouvert' | 'lu' | 'envoye' | 'trop' | 'fini';
}

export function LienPage({ l, d, catalogue: c, action, etat }: Props) {
  return (
    <>
      <PageHeader titre={d.titre} surtitre={`Pour ${l.nom || l.courriel}`} chapo={`${c.nomActeur(d.organisationId)} vous adresse ce document.`} />
      {etat === 'a-lire' && (
        <Form action={action}>
          <p className="govuk-body">{`À lire avant le ${jour(d.lireAvant)}. Ce lien l’ouvre une fois, pendant une heure, et dit que vous l’avez lu.`}</p>
          <Button>Lire le document</Button>
        </Form>
      )}
      {etat === 'ouvert' && (
        <>
          <Contenu d={d} fichier={`${action}/fichier`} />
          <p className="govuk-hint">{l.luLe ? `Lu le ${jourEtHeure(l.luLe)}. ` : ''}Cette page se ferme une heure après son ouverture.</p>
        </>
      )}
      {etat === 'lu' && (
        <Form action={action} masques={{ acte: 'relire' }}>
          <p className="govuk-body">{l.luLe ? `Vous l’avez lu le ${jourEtHeure(l.luLe)}. ` : ''}Ce lien ne l’ouvre plus.</p>
          <Button variante="secondaire">M’envoyer un autre lien</Button>
        </Form>
      )}
      {etat === 'envoye' && <InsetText>Un autre lien part à la même adresse. Celui-ci ne sert plus.</InsetText>}
      {etat === 'trop' && <InsetText>{`Trop de liens sont partis à votre adresse : demandez le document à ${c.nomActeur(d.organisationId)}.`}</InsetText>}
      {(etat === 'fini' || d.retireLe) && (
        <InsetText>
          {d.retireLe
            ? `Retiré le ${jourEtHeure(d.retireLe)}${d.retireMotif ? `. Motif : ${d.retireMotif}` : ''}.`
            : `Sa diffusion a pris fin le ${jour(d.jusquAu)}.`}
        </InsetText>
      )}
    </>
  );
}
