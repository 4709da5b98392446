/** On a fiche: where what counts for it is recorded. */
import type { Emplacement } from '../../../core/module.ts';
import { ButtonGroup, LinkButton } from '../../../ui/Button.tsx';
import { Section } from '../../../ui/PageHeader.tsx';
import { getFormulaire, sourcesDeFiche } from '../../indicateurs/index.ts';
import { definitionsDecouvertes } from '../registres.definitions.ts';
import { peutCreer } from '../registres.policy.ts';
import { nouveauNom } from '../registres.rules.ts';

/** The registers that feed the figures of this fiche, for whoever may write in them; any register when none does. */
export const enregistrerPourLaFiche: Emplacement<{ fiche: string; territoireId: string; annee: string }> = async (c, { fiche }) => {
  const permis = definitionsDecouvertes.filter((d) => peutCreer(c.utilisateur, d));
  if (permis.length === 0) return null;
  const sources = new Set(sourcesDeFiche(await getFormulaire(c.db, c.contrat.id), fiche).map((s) => s.nom));
  const proposes = permis.filter((d) => sources.has(d.code));
  return {
    rang: 5,
    corps: (
      <Section titre="Enregistrer une action pour cette fiche" id="enregistrer">
        <p className="govuk-body">
          {proposes.length > 0
            ? 'Les registres dont ses chiffres sont faits. Ce que vous y enregistrez compte aussitôt.'
            : 'Aucun registre n’alimente ses chiffres. Une action enregistrée ailleurs peut y être rattachée.'}
        </p>
        {proposes.length > 0 ? (
          <ButtonGroup>
            {proposes.map((d) => (
              <LinkButton key={d.code} variante="secondaire" href={`/registres/${d.code}/nouveau?fiche=${encodeURIComponent(fiche)}`}>
                {nouveauNom(d)}
              </LinkButton>
            ))}
          </ButtonGroup>
        ) : (
          <a className="govuk-link" href="/registres">
            Tous les registres
          </a>
        )}
      </Section>
    ),
  };
};
