import { abreger } from '../../../core/couper.ts';
import { ActionBar } from '../../../ui/ActionBar.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Radios } from '../../../ui/Choices.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { InsetText } from '../../../ui/InsetText.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Select } from '../../../ui/Select.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { WarningText } from '../../../ui/WarningText.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../ui/types.ts';
import type { Catalogue, Mesure } from '../../contrats/index.ts';
import { numeroEcrit } from '../decisions.rules.ts';
import type { DecisionDeListe } from '../listes.queries.ts';
import { direReference, type enVigueur } from './cibles.ts';
import type { CibleLue } from './cibles.queries.ts';
import { direCible } from './cibles.rules.ts';

interface Props {
  catalogue: Catalogue;
  mesure: Mesure;
  territoireId: string;
  decisions: readonly DecisionDeListe[];
  dites: readonly CibleLue[];
  enVigueur: ReturnType<typeof enVigueur>;
  annees: readonly string[];
  erreurs: readonly ErreurDeChamp[];
  champs: Readonly<Record<string, string>>;
  conflit?: string | undefined;
}

export function CiblePage(p: Props) {
  const { mesure: m, champs } = p;
  const champ = (nom: string) => ({ nom, valeur: champs[nom] ?? '', erreur: erreurDe(p.erreurs, nom) });
  const adresse = `/decisions/cibles/${encodeURIComponent(m.id)}`;
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader
        titre={`Cible : ${m.court}`}
        surtitre={p.catalogue.territoires.get(p.territoireId)?.nom}
        chapo="Une cible n’existe qu’avec la décision qui la fixe. Elle est publique avec elle, et seule une autre décision la remplace ou la retire."
      />
      {p.conflit && <WarningText>{p.conflit}</WarningText>}
      {p.enVigueur.map((c) => (
        <InsetText key={c.annee}>
          En vigueur : {direCible(c)} au 31 décembre {c.annee} ({direReference(c)}).
        </InsetText>
      ))}
      {p.decisions.length === 0 ? (
        <EmptyState titre="Aucune décision ne peut la fixer">
          Il faut une décision de la fiche {m.fiche}, prise par une instance qui n’est pas restreinte et compétente pour ce territoire. Écrivez-la d’abord, en
          séance ou depuis la page de l’instance.
        </EmptyState>
      ) : (
        <Form action={adresse} masques={{ territoire: p.territoireId, vu: String(Math.max(0, ...p.dites.map((d) => d.rang))) }}>
          <Select
            {...champ('decision')}
            libelle="Décision qui le dit"
            vide="Choisissez"
            options={p.decisions.map((d) => ({ valeur: d.id, libelle: `${numeroEcrit(d)}, ${d.origine} : ${abreger(d.libelle, 90)}` }))}
          />
          <Radios
            {...champ('acte')}
            legende="Ce qu’elle fait"
            enLigne
            petit
            valeur={champs.acte ?? 'fixer'}
            options={[
              { valeur: 'fixer', libelle: 'Elle fixe la cible' },
              { valeur: 'retirer', libelle: 'Elle retire la cible' },
            ]}
          />
          <Select
            {...champ('annee')}
            libelle="Année entière visée"
            valeur={champs.annee ?? p.annees.at(-1) ?? ''}
            options={p.annees.map((a) => ({ valeur: a, libelle: `${a}, au 31 décembre` }))}
          />
          <Radios
            {...champ('sens')}
            legende="Sens"
            enLigne
            petit
            valeur={champs.sens ?? ''}
            options={[
              { valeur: 'au-moins', libelle: 'Au moins' },
              { valeur: 'au-plus', libelle: 'Au plus' },
            ]}
          />
          <TextInput {...champ('valeur')} libelle={`Valeur (${m.unite})`} largeur={10} aide="Inutile pour retirer." />
          <ActionBar>
            <Button>Enregistrer</Button>
            <a className="govuk-link" href={`/chiffres/${encodeURIComponent(m.id)}?territoire=${p.territoireId}`}>
              Annuler
            </a>
          </ActionBar>
        </Form>
      )}
    </>
  );
}
