import { type Enregistre, masquesDeVersion } from '../../../../core/http/versions.ts';
import { ActionBar } from '../../../../ui/ActionBar.tsx';
import { Button } from '../../../../ui/Button.tsx';
import { DateInput } from '../../../../ui/DateInput.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { formatPeriode, jour, pluriel } from '../../../../ui/typographie.ts';
import { type Echeance, joursEntre, type RappelsPartis } from '../../../echeances/index.ts';
import { MOTIF_MAX } from '../raison.schema.ts';

export interface RaisonPageProps {
  dette: Echeance;
  nom: string;
  rappels: RappelsPartis | undefined;
  /** A reason stands now. */
  publie: boolean;
  enregistre: Enregistre;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
  aujourdhui: string;
  retour: string;
}

export function RaisonPage(p: RaisonPageProps) {
  const { dette: e } = p;
  const champ = (nom: string) => ({ nom, valeur: p.champs[nom] ?? '', erreur: erreurDe(p.erreurs, nom) });
  const action = `/collecte/retards/${e.id}`;
  const retard = e.dueLe ? `dû le ${jour(e.dueLe)}, ${pluriel(joursEntre(e.dueLe, p.aujourdhui), 'jour')} de retard` : '';
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader
        surtitre={p.nom}
        titre="Dire pourquoi ce chiffre tarde"
        chapo={`${e.titre}, ${formatPeriode(e.periode)} : ${retard}${p.rappels ? `, rappelé ${p.rappels.fois} fois` : ''}.`}
      />
      <p className="govuk-body">
        Vos mots sont publiés tout de suite, tels quels, sous le nom de votre institution : {p.nom}. Votre nom n’y est pas. Ils restent affichés jusqu’à ce que
        le chiffre arrive ; vous pouvez les changer ou les retirer.{' '}
        <a className="govuk-link" href={`/chiffres/${e.sujet}/saisir?periode=${e.periode}`}>
          Fournir plutôt le chiffre
        </a>
      </p>
      <Form action={action} masques={masquesDeVersion(p.enregistre, p.champs)}>
        <Textarea {...champ('motif')} libelle="Pourquoi ce chiffre tarde" aide="Texte public : ne nommez personne." lignes={4} max={MOTIF_MAX} />
        <DateInput {...champ('attendu_le')} libelle="Annoncé pour le" min={p.aujourdhui} facultatif />
        <ActionBar>
          <Button>Publier</Button>
          <a className="govuk-link" href={p.retour}>
            Annuler
          </a>
        </ActionBar>
      </Form>
      {p.publie && (
        <Form action={`${action}/retirer`} masques={masquesDeVersion(p.enregistre)}>
          <Button variante="danger" petit>
            Retirer cette raison
          </Button>
        </Form>
      )}
    </>
  );
}
