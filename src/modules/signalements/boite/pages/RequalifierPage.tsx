import { Button } from '../../../../ui/Button.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import type { ErreurDeChamp } from '../../../../ui/types.ts';
import type { Categorie, Circuit } from '../../circuits/circuit.schema.ts';
import type { Demande } from '../../demandes/demandes.queries.ts';
import { ChampQuoi, ChampsDeQuestions, ChampsDuLieu, type Quartier } from '../../signaler/pages/Champs.tsx';
import type { Saisie } from '../../signaler/saisie.rules.ts';

export interface RequalifierPageProps {
  d: Demande;
  circuit: Circuit;
  /** Null: the one typed is unknown. */
  categorie: Categorie | null;
  saisie: Saisie;
  erreurs: readonly ErreurDeChamp[];
  quartiers: readonly Quartier[];
  /** Day when it came. */
  aujourdhui: string;
}

/** Its words beside the form: who corrects reads them. */
export function RequalifierPage(p: RequalifierPageProps) {
  const { d, circuit, categorie, saisie, erreurs } = p;
  const action = `/signalements/demandes/${d.id}/requalifier`;
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader
        surtitre={`${circuit.titre}, n° ${d.numero}`}
        titre="Corriger l’objet, le lieu ou le jour"
        chapo="Les chiffres, les points chauds et les demandes proches suivent la correction. La personne qui a signalé n’en reçoit pas de lettre."
      />
      {d.texte && <SummaryList lignes={[{ cle: 'Texte', valeur: d.texte }]} />}
      {circuit.categories.length > 1 && (
        <Section titre="L’objet">
          <Form action={action} methode="get">
            <ChampQuoi circuit={circuit} saisie={saisie} erreurs={erreurs} />
            <Button variante="secondaire">Prendre cet objet</Button>
          </Form>
        </Section>
      )}
      {categorie && (
        <Section titre={circuit.lieu === 'aucun' ? 'Le jour' : 'Le lieu et le jour'}>
          <Form action={action} masques={{ version: String(d.version), categorie: categorie.code }}>
            <p className="govuk-body">
              Objet : <strong>{categorie.libelle}</strong>
            </p>
            <ChampsDuLieu circuit={circuit} saisie={saisie} erreurs={erreurs} quartiers={p.quartiers} aujourdhui={p.aujourdhui} />
            <ChampsDeQuestions categorie={categorie} saisie={saisie} erreurs={erreurs} />
            <Button>Enregistrer la correction</Button>
          </Form>
        </Section>
      )}
    </>
  );
}
