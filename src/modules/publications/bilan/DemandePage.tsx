import { Button, ButtonGroup, LinkButton } from '../../../ui/Button.tsx';
import { Checkboxes, Radios } from '../../../ui/Choices.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { Select } from '../../../ui/Select.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../ui/types.ts';
import type { Catalogue, Lieu } from '../../contrats/index.ts';
import { FORMATS, TYPES } from './bilan.modele.ts';

export interface DemandePageProps {
  catalogue: Catalogue;
  annees: readonly number[];
  champs: Record<string, string>;
  lieu: Lieu;
  erreurs: readonly ErreurDeChamp[];
  connecte: boolean;
}

export function DemandePage(p: DemandePageProps) {
  const c = p.catalogue;
  const annee = p.champs.annee || String(p.annees[0] ?? '');
  const territoire = p.lieu.territoire || c.racine.id;
  const lieux = [c.racine, ...c.enfants(c.racine.id)];
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader
        titre="Bilan annuel"
        chapo="L’essentiel, les chiffres qui comptent, les séances et les décisions, puis fiche par fiche. Le même contenu en page, PDF, Word, Excel ou CSV."
      />
      <Section titre="Lire en ligne">
        <ButtonGroup>
          {p.annees.map((a) => (
            <LinkButton key={a} variante="secondaire" href={`/bilan/${a}/${territoire}`}>
              Bilan {a}, {c.territoires.get(territoire)?.nom}
            </LinkButton>
          ))}
        </ButtonGroup>
        {p.lieu.bascule && (
          <p className="govuk-body">
            <a className="govuk-link" href={`/bilan?territoire=${p.lieu.bascule.champ}`}>
              {p.lieu.bascule.libelle}
            </a>
          </p>
        )}
      </Section>
      <Section titre={p.connecte ? 'Préparer un fichier' : 'Télécharger'}>
        {p.connecte ? (
          <Form action="/bilan">
            <Select
              nom="annee"
              libelle="Année"
              valeur={annee}
              options={p.annees.map((a) => ({ valeur: String(a), libelle: String(a) }))}
              erreur={erreurDe(p.erreurs, 'annee')}
            />
            <Select
              nom="territoire"
              libelle="Territoire"
              valeur={territoire}
              options={lieux.map((t) => ({ valeur: t.id, libelle: t.nom }))}
              erreur={erreurDe(p.erreurs, 'territoire')}
            />
            <Radios
              nom="format"
              legende="Format"
              valeur={p.champs.format || 'pdf'}
              options={FORMATS.map((f) => ({ valeur: f, libelle: TYPES[f].libelle, aide: TYPES[f].usage }))}
              erreur={erreurDe(p.erreurs, 'format')}
            />
            <Checkboxes
              nom="annexes"
              legende="Annexes"
              valeurs={p.champs.annexes === 'oui' ? ['oui'] : []}
              options={[{ valeur: 'oui', libelle: 'Ajouter les annexes', aide: 'Toutes les mesures, toutes les lignes d’action, d’où viennent les chiffres.' }]}
            />
            <Radios
              nom="pour"
              legende="Qui le lira"
              valeur={p.champs.pour || 'partenaires'}
              options={[
                {
                  valeur: 'partenaires',
                  libelle: 'Les partenaires du contrat',
                  aide: 'Les décisions y sont écrites en entier, sauf celles d’instances restreintes.',
                },
                {
                  valeur: 'public',
                  libelle: 'Tout le monde',
                  aide: 'Les décisions y sont seulement comptées ; les séances sont celles des instances publiques.',
                },
              ]}
            />
            <Button>Préparer le bilan</Button>
          </Form>
        ) : (
          <ul className="govuk-list">
            {FORMATS.map((f) => (
              <li key={f}>
                <a className="govuk-link" href={`/bilan/${annee}/${territoire}/${f}`}>
                  {TYPES[f].libelle}, bilan {annee}
                </a>{' '}
                : {TYPES[f].usage}
              </li>
            ))}
            <li>
              <a className="govuk-link" href={`/bilan/${annee}/${territoire}/pdf?annexes=oui`}>
                PDF avec ses annexes
              </a>{' '}
              : toutes les mesures et toutes les actions
            </li>
          </ul>
        )}
      </Section>
    </>
  );
}
