import type { ErreurDeChamp } from '../../../core/errors.ts';
import { Button } from '../../../ui/Button.tsx';
import { Checkbox } from '../../../ui/Choices.tsx';
import { DateInput } from '../../../ui/DateInput.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { FileUpload } from '../../../ui/FileUpload.tsx';
import { Form } from '../../../ui/Form.tsx';
import { NotificationBanner } from '../../../ui/NotificationBanner.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../ui/SummaryList.tsx';
import { Table } from '../../../ui/Table.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { jour, jourDuMoment, jourEtHeure } from '../../../ui/typographie.ts';
import type { Vue } from '../cellules.contexte.ts';
import type { Reglement } from '../charte/reglement.queries.ts';

interface Props {
  vue: Vue;
  /** The one in force first. */
  textes: readonly Reglement[];
  champs: Readonly<Record<string, string>>;
  joindre?: readonly ErreurDeChamp[];
  comparer?: readonly ErreurDeChamp[];
  copie?: { empreinte: string; est: Reglement | null };
}
const ACCEPTE = '.pdf,.docx,.odt';

export function ReglementPage({ vue: v, textes, champs, joindre = [], comparer = [], copie }: Props) {
  const base = `/cellules/${v.cellule.id}/reglement`;
  const [enVigueur, ...anciens] = textes;
  const champ = (nom: string) => ({ nom, valeur: champs[nom] ?? '', erreur: joindre.find((e) => e.champ === nom)?.message });
  return (
    <>
      <ErrorSummary erreurs={[...joindre, ...comparer.map((e) => ({ ...e, champ: 'copie' }))]} />
      {copie && <Comparaison copie={copie} rang={enVigueur?.rang} />}
      <PageHeader titre="Règlement intérieur" surtitre={v.nom} chapo="Il dit comment la cellule échange ; la charte le cite." />
      {enVigueur ? (
        <Section titre="En vigueur">
          <SummaryList
            lignes={[
              { cle: 'Référence', valeur: enVigueur.reference },
              { cle: 'Adopté', valeur: `le ${jour(enVigueur.adopteLe)}` },
              { cle: 'Acte', valeur: <Acte r={enVigueur} /> },
              { cle: 'Joint', valeur: `le ${jourEtHeure(enVigueur.le)}, par ${enVigueur.parNom}` },
              { cle: 'Empreinte (SHA-256)', valeur: <span className="c-coupe">{enVigueur.empreinte}</span> },
            ]}
          />
          <p className="govuk-body">Concorde garde l’empreinte, pas le fichier : demandez-le à la coordination avant de signer.</p>
        </Section>
      ) : (
        <EmptyState titre="Pas encore joint">Aucune situation n’entre avant. La coordination le joint quand le conseil l’a adopté.</EmptyState>
      )}
      {enVigueur && (
        <Section titre="Comparer mon exemplaire">
          <Form action={`${base}/comparer`} fichiers>
            <FileUpload
              nom="fichier"
              id="copie"
              libelle="Votre exemplaire"
              aide="Lu pour en calculer l’empreinte ; rien n’en est gardé. 20 Mo au plus."
              accepte={ACCEPTE}
              erreur={comparer[0]?.message}
            />
            <Button variante="secondaire">Comparer</Button>
          </Form>
        </Section>
      )}
      {v.compose && (
        <Section titre={enVigueur ? 'Joindre un nouveau règlement' : 'Joindre le règlement'}>
          <p className="govuk-body">La charte citera ce texte : chaque membre la signera de nouveau, et rien ne s’ouvre pour lui avant.</p>
          <Form action={base} fichiers masques={{ rang: String(enVigueur?.rang ?? 0) }}>
            <TextInput {...champ('reference')} libelle="Référence" aide="Le titre et le numéro de l’acte qui l’adopte." />
            <DateInput {...champ('adopteLe')} libelle="Adopté le" />
            <TextInput
              {...champ('acte')}
              libelle="Séance ou décision qui l’adopte"
              aide="L’adresse de sa page sur la plateforme : le jour doit être le même."
              facultatif
            />
            <FileUpload
              {...champ('fichier')}
              libelle="Fichier"
              aide="Le texte adopté, tel que les membres le reçoivent. Seule son empreinte est gardée. 20 Mo au plus."
              accepte={ACCEPTE}
            />
            {enVigueur && (champs.adopteLe ?? '') !== '' && (champs.adopteLe ?? '') < enVigueur.adopteLe && (
              <Checkbox
                nom="ancien"
                libelle={`Ce texte remplace celui du ${jour(enVigueur.adopteLe)}, bien qu’adopté avant lui`}
                coche={champs.ancien === 'oui'}
              />
            )}
            <Button>Joindre ce règlement</Button>
          </Form>
        </Section>
      )}
      {anciens.length > 0 && (
        <Section titre="Avant">
          <Table
            legende="Règlements remplacés, le dernier d’abord"
            legendeMasquee
            lignes={anciens}
            cle={(r) => String(r.rang)}
            colonnes={[
              { cle: 'reference', titre: 'Référence', entete: true, cellule: (r) => r.reference },
              { cle: 'adopte', titre: 'Adopté', cellule: (r) => jour(r.adopteLe) },
              { cle: 'acte', titre: 'Acte', cellule: (r) => <Acte r={r} /> },
              { cle: 'joint', titre: 'Joint', cellule: (r) => `${jourDuMoment(r.le)}, par ${r.parNom}` },
              { cle: 'empreinte', titre: 'Empreinte', cellule: (r) => <span className="c-coupe">{r.empreinte}</span> },
            ]}
          />
        </Section>
      )}
    </>
  );
}

/** What adopted it, when the coordination said where it is kept. */
const Acte = ({ r }: { r: Reglement }) =>
  r.acte === '' ? (
    'aucune séance ni décision citée'
  ) : (
    <a className="govuk-link" href={r.acte}>
      {r.acte.startsWith('/seances/') ? 'La séance' : 'La décision'}
      <span className="govuk-visually-hidden"> du {jour(r.adopteLe)}</span>
    </a>
  );

function Comparaison({ copie, rang }: { copie: NonNullable<Props['copie']>; rang: number | undefined }) {
  const { est, empreinte } = copie;
  if (est?.rang === rang) return <NotificationBanner ton="succes">Votre exemplaire est le règlement en vigueur.</NotificationBanner>;
  return (
    <NotificationBanner>
      {est
        ? `Votre exemplaire est un règlement remplacé : « ${est.reference} ». Demandez celui qui est en vigueur.`
        : `Votre exemplaire n’est aucun règlement de cette cellule (empreinte ${empreinte}). Un même texte enregistré autrement a une autre empreinte : demandez le fichier adopté.`}
    </NotificationBanner>
  );
}
