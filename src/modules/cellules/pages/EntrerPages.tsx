import type { ErreurDeChamp } from '../../../core/errors.ts';
import { Button } from '../../../ui/Button.tsx';
import { Radios } from '../../../ui/Choices.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { InsetText } from '../../../ui/InsetText.tsx';
import { NotificationBanner } from '../../../ui/NotificationBanner.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../ui/SummaryList.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { jourDuMoment } from '../../../ui/typographie.ts';
import type { UrgenceTenue } from '../acceleree/acceleree.queries.ts';
import type { Vue } from '../cellules.contexte.ts';
import { articleDe, choixDe } from '../charte/charte.rules.ts';
import type { Charte } from '../charte/charte.schema.ts';
import { direPalier } from './AccelereePage.tsx';

type Champs = Readonly<Record<string, string>>;
interface Chercher {
  vue: Vue;
  champs: Champs;
  erreurs: readonly ErreurDeChamp[];
  /** Number of the situation that is there already. */
  trouvee?: number;
}
const champDe = (champs: Champs, erreurs: readonly ErreurDeChamp[]) => (nom: string) => ({
  nom,
  valeur: champs[nom] ?? '',
  erreur: erreurs.find((e) => e.champ === nom)?.message,
});

export function ChercherPage({ vue: v, champs, erreurs, trouvee }: Chercher) {
  const champ = champDe(champs, erreurs);
  const action = `/cellules/${v.cellule.id}/chercher`;
  return (
    <>
      {trouvee !== undefined && (
        <NotificationBanner>
          {`Cette personne est déjà celle de la situation n° ${trouvee}. Si elle n’est pas dans votre liste, demandez à un membre désigné de vous y ajouter.`}
        </NotificationBanner>
      )}
      <ErrorSummary erreurs={erreurs} />
      <PageHeader titre="Chercher avant d’entrer" surtitre={v.nom} chapo="La recherche répond oui ou non. Elle ne liste personne, et elle est notée." />
      <Form action={action}>
        <TextInput {...champ('nom')} libelle="Nom" autoComplete="off" />
        <TextInput {...champ('prenom')} libelle="Prénom" autoComplete="off" />
        <TextInput {...champ('naissance')} libelle="Année et mois de naissance" autoComplete="off" aide="Par exemple 2010-05." largeur={10} />
        <Button>Chercher</Button>
      </Form>
      <Section titre="Sans identité">
        <p className="govuk-body">Si le nom n’est pas nécessaire, la situation ne porte qu’un numéro. Une recherche ne la retrouvera pas.</p>
        <Form action={action} masques={{ sans: 'oui' }}>
          <Button variante="secondaire">Entrer sans identité</Button>
        </Form>
      </Section>
    </>
  );
}

interface Entrer {
  vue: Vue;
  charte: Charte;
  champs: Champs;
  /** The identity was searched for and found nowhere: it comes with the form. */
  cherchee: boolean;
  /** Accelerated ways that are open. */
  voies: readonly UrgenceTenue[];
  erreurs: readonly ErreurDeChamp[];
}
export function EntrerPage({ vue: v, charte, champs, cherchee, voies, erreurs }: Entrer) {
  const champ = champDe(champs, erreurs);
  const options = (liste: 'origines' | 'difficultes') => choixDe(charte, liste, v.genre.code).map((x) => ({ valeur: x.code, libelle: x.libelle }));
  const { nom = '', prenom = '', naissance = '' } = champs;
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader
        titre="Entrer une situation"
        surtitre={v.nom}
        chapo={
          v.genre.sans_identite
            ? `Charte, article ${articleDe(charte, 'saisine')} : des listes fermées, et aucune identité.`
            : `Charte, articles ${articleDe(charte, 'saisine')} et ${articleDe(charte, 'identite')} : des listes fermées, et l’identité seulement si elle est nécessaire.`
        }
      />
      {cherchee ? (
        <SummaryList
          lignes={[
            { cle: 'Nom', valeur: nom },
            { cle: 'Prénom', valeur: prenom },
            { cle: 'Naissance', valeur: naissance },
            { cle: 'Recherche', valeur: 'Aucune situation de cette personne dans cette cellule' },
          ]}
        />
      ) : (
        <InsetText>Cette situation n’a pas d’identité : elle ne porte que son numéro.</InsetText>
      )}
      <Form action={`/cellules/${v.cellule.id}/entrer`} masques={cherchee ? { identite: 'oui', nom, prenom, naissance } : {}}>
        {voies.length > 0 && (
          <Radios
            {...champ('voie')}
            valeur={champs.voie ?? 'ordinaire'}
            legende="Par quelle voie ?"
            options={[
              { valeur: 'ordinaire', libelle: 'Voie ordinaire' },
              ...voies.map((x) => ({
                valeur: x.id,
                libelle: `Recours accéléré, alerte du ${jourDuMoment(x.alerteLe)}`,
                aide: `${direPalier(v, x.palier)}. Recevable aussitôt, examinée à bref délai.`,
              })),
            ]}
          />
        )}
        <Radios {...champ('origine')} legende="D’où vient la situation ?" options={options('origines')} />
        <Radios {...champ('difficulte')} legende="Quelle difficulté ?" options={options('difficultes')} />
        <Button>Entrer la situation</Button>
      </Form>
    </>
  );
}
